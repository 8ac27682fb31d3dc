#include "services/cli/match_view.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/number_text.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"

namespace troupe {
namespace {

using Facets = google::protobuf::RepeatedPtrField<v1::Facet>;

constexpr int64_t kBarCells = 12;
constexpr size_t kReasons = 3;
constexpr int kFacetValues = 8;

// The features that add to the score, the weightiest first.
std::vector<const v1::FeatureContribution*> Weightiest(const v1::Match& match) {
  std::vector<const v1::FeatureContribution*> features;
  for (const auto& feature : match.features()) {
    if (feature.contribution_millionths() > 0) features.push_back(&feature);
  }
  std::stable_sort(features.begin(), features.end(), [](const auto* a, const auto* b) {
    return a->contribution_millionths() > b->contribution_millionths();
  });
  return features;
}

std::string EvidenceOf(const v1::FeatureContribution& feature) {
  return absl::StrJoin(feature.evidence(), "; ", [](std::string* out, const v1::Evidence& e) {
    absl::StrAppend(out, e.text().empty() ? e.id() : e.text());
  });
}

std::string Bar(int64_t value_millionths) {
  const int64_t full = (value_millionths * kBarCells + 500'000) / 1'000'000;
  std::string bar;
  for (int64_t i = 0; i < kBarCells; ++i) bar += i < full ? "█" : "░";
  return bar;
}

void PrintAcceptance(const v1::Match& match, const Streams& streams, const char* indent) {
  streams.out << indent << "likely to accept: " << AsShare(match.acceptance_millionths()) << "\n";
}

void PrintBars(const v1::Match& match, const Streams& streams) {
  Table table({{.title = ""},
               {.title = ""},
               {.title = "", .right = true},
               {.title = "", .wraps = true}});
  for (const v1::FeatureContribution* feature : Weightiest(match)) {
    table.AddRow({FeatureTitle(feature->feature()),
                  {Bar(feature->value_millionths()), Ink::kScore},
                  absl::StrCat("+", AsShare(feature->contribution_millionths())),
                  {EvidenceOf(*feature), Ink::kFaint}});
  }
  table.Print(streams, "      ");
  PrintAcceptance(match, streams, "      ");
  streams.out << "\n";
}

// A line and a reason for each match; a line and bars for each, if `why`.
template <typename AddRow>
void PrintMatches(const google::protobuf::RepeatedPtrField<v1::Match>& matches,
                  const std::vector<Table::Column>& columns, bool why, const Streams& streams,
                  const AddRow& add_row) {
  Table all(columns);
  for (const v1::Match& match : matches) {
    if (!why) {
      add_row(match, why, all);
      continue;
    }
    Table one(columns);
    add_row(match, why, one);
    one.Print(streams);
    PrintBars(match, streams);
  }
  if (!all.empty()) all.Print(streams);
}

std::string LevelOf(const v1::Match& match) {
  return match.trainee() ? "trainee" : absl::StrCat(match.profile_summary().level());
}

std::string Held(const v1::Match& match) {
  if (match.contended_days() == 0) return "";
  const std::string held = absl::StrCat("held on ", Counted(match.contended_days(), "day"), "; ");
  if (!match.has_contention()) return held;
  return absl::StrCat(held, "option ", match.contention().ladder_place(),
                      " at best, free with a chance of ",
                      AsShare(match.contention().free_chance_millionths()), "; ");
}

// Bars say it all.
std::vector<std::string> Reasons(const v1::Match& match, bool bars) {
  if (bars) return {};
  return {absl::StrCat(Held(match), ReasonLine(match))};
}

void AddPerson(const v1::Match& match, bool why, Table& table) {
  const v1::ProfileSummary& person = match.profile_summary();
  const std::string rate = Worded(person.day_rate());
  table.AddRow({absl::StrCat(match.rank()),
                {person.display_name(), Ink::kHeading},
                {AsShare(match.score_millionths()), Ink::kScore},
                LevelOf(match),
                PlaceName(person.home_place()),
                rate.empty() ? "open" : rate,
                {match.profile(), Ink::kFaint}},
               Reasons(match, why));
}

void AddOpening(const v1::Match& match, bool why, Table& table) {
  const v1::OpeningSummary& opening = match.opening_summary();
  const std::string ceiling = Worded(opening.pay_ceiling());
  std::vector<std::string> notes = Reasons(match, why);
  notes.insert(notes.begin(), match.opening());
  table.AddRow({absl::StrCat(match.rank()),
                {opening.project_title(), Ink::kHeading},
                absl::StrCat(RoleName(opening.role()), match.trainee() ? " (trainee)" : ""),
                {AsShare(match.score_millionths()), Ink::kScore},
                PlaceName(opening.place()),
                Worded(opening.dates()),
                ceiling.empty() ? "open" : absl::StrCat("to ", ceiling)},
               notes);
}

std::string FacetValue(const v1::Facet& facet, const v1::FacetValue& value) {
  const bool place = facet.attribute() == "home_place" || facet.attribute() == "place";
  return absl::StrCat(place ? PlaceName(value.value()) : value.value(), " ",
                      WithCommas(value.count()));
}

void PrintFacets(const Facets& facets, const Streams& streams) {
  Table table({{.title = ""}, {.title = "", .wraps = true}});
  for (const v1::Facet& facet : facets) {
    std::vector<std::string> values;
    for (const v1::FacetValue& value : facet.values()) {
      if (values.size() < kFacetValues) values.push_back(FacetValue(facet, value));
    }
    table.AddRow({{FeatureTitle(facet.attribute()), Ink::kFaint}, absl::StrJoin(values, ", ")});
  }
  table.Print(streams);
}

void PrintEmpty(const v1::EmptyResult& empty, const Streams& streams) {
  Table text({{.title = "", .wraps = true}});
  text.AddRow({empty.text()});
  text.Print(streams);
  Table counts({{.title = "requirement"}, {.title = "fail it", .right = true}});
  for (const v1::FailureCount& failure : empty.failures()) {
    counts.AddRow({Worded(failure.requirement()), WithCommas(failure.count())});
  }
  if (!counts.empty()) counts.Print(streams, "  ");
  if (empty.nearest().empty()) return;
  streams.out << "What would let somebody in:\n";
  PrintFailures(empty.nearest(), streams);
}

template <typename Response>
void PrintRest(const Response& response, const Streams& streams) {
  if (response.has_empty()) PrintEmpty(response.empty(), streams);
  if (response.has_total()) {
    streams.out << "total: " << WithCommas(response.total()) << "\n";
  }
  PrintFacets(response.facets(), streams);
}

}  // namespace

std::string ReasonLine(const v1::Match& match) {
  std::vector<std::string> reasons;
  for (const v1::FeatureContribution* feature : Weightiest(match)) {
    if (reasons.size() == kReasons) break;
    const std::string title = FeatureTitle(feature->feature());
    const bool told = feature->evidence_size() > 0 && !feature->evidence(0).text().empty();
    reasons.push_back(told ? absl::StrCat(title, ": ", feature->evidence(0).text()) : title);
  }
  return absl::StrJoin(reasons, "; ");
}

void PrintPeople(const v1::FindProfilesResponse& response, bool why, const Streams& streams) {
  const std::vector<Table::Column> columns = {{.title = "#", .right = true},
                                              {.title = "name", .shrinks = true},
                                              {.title = "score", .right = true},
                                              {.title = "level"},
                                              {.title = "home"},
                                              {.title = "a day", .right = true},
                                              {.title = "profile"}};
  PrintMatches(response.matches(), columns, why, streams, AddPerson);
  if (response.for_newcomers_size() > 0) {
    streams.out << "here as newcomers: " << absl::StrJoin(response.for_newcomers(), ", ") << "\n";
  }
  if (response.has_spread_loss_millionths()) {
    streams.out << "lost by spreading: " << AsShare(response.spread_loss_millionths())
                << " of the mean score\n";
  }
  PrintRest(response, streams);
}

void PrintOpenings(const v1::FindOpeningsResponse& response, bool why, const Streams& streams) {
  const std::vector<Table::Column> columns = {{.title = "#", .right = true},
                                              {.title = "project", .shrinks = true},
                                              {.title = "role", .shrinks = true},
                                              {.title = "score", .right = true},
                                              {.title = "place"},
                                              {.title = "dates"},
                                              {.title = "a day", .right = true}};
  PrintMatches(response.matches(), columns, why, streams, AddOpening);
  PrintRest(response, streams);
}

void PrintScore(const v1::Match& match, const Streams& streams) {
  Table table({{.title = "feature"},
               {.title = ""},
               {.title = "value", .right = true},
               {.title = "x weight", .right = true},
               {.title = "= adds", .right = true},
               {.title = "because", .wraps = true}});
  for (const v1::FeatureContribution& feature : match.features()) {
    table.AddRow({FeatureTitle(feature.feature()),
                  {Bar(feature.value_millionths()), Ink::kScore},
                  WithCommas(feature.value_millionths()),
                  WithCommas(feature.weight_millionths()),
                  WithCommas(feature.contribution_millionths()),
                  {EvidenceOf(feature), Ink::kFaint}});
  }
  table.AddRow({{"score", Ink::kHeading},
                "",
                "",
                "1,000,000",
                {WithCommas(match.score_millionths()), Ink::kHeading}});
  table.Print(streams);
  streams.out << "(in millionths)\n";
  PrintAcceptance(match, streams, "");
}

void PrintFailures(const google::protobuf::RepeatedPtrField<v1::Failure>& failures,
                   const Streams& streams) {
  Table table({{.title = ""}, {.title = "", .wraps = true}, {.title = "", .wraps = true}});
  for (const v1::Failure& failure : failures) {
    const bool mends = !failure.change().text().empty();
    table.AddRow({{Worded(failure.requirement()), Ink::kBad},
                  failure.text(),
                  {mends ? absl::StrCat("-> ", failure.change().text()) : "nothing would change it",
                   Ink::kGood}});
  }
  table.Print(streams, "  ");
}

}  // namespace troupe

#include "services/cli/placement/explain_card.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "services/cli/card_parts.h"
#include "services/cli/display_width.h"
#include "services/cli/number_text.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/placement/report_text.h"
#include "services/cli/table.h"

namespace troupe {
namespace {

std::string RankText(int32_t rank) { return rank == 0 ? "-" : WithCommas(rank); }

// "灯光A组 (lights-a)", or the title alone where that is all there is.
std::string ProgramText(const std::string& program, const RoundNames& names) {
  const std::string title = names.TitleOf(program);
  const std::string id = names.IdOf(program);
  return title == id ? title : absl::StrCat(title, " (", id, ")");
}

std::string WhereText(const v1::GraduatePlacement& placement, const RoundNames& names) {
  if (placement.program().empty()) {
    return placement.choices() == 0
               ? "nowhere: it has no list of programs, neither stated nor derived"
               : absl::StrCat("nowhere, of ", Counted(placement.choices(), "choice"));
  }
  return absl::StrCat(ProgramText(placement.program(), names), ", its ",
                      OrdinalOf(placement.choice()), " of ",
                      Counted(placement.choices(), "choice"));
}

void PrintOutOfReach(const v1::ExplainPlacementResponse& explanation, const RoundNames& names,
                     const Streams& streams) {
  streams.out << "\n";
  PrintSection("What it would rather have", streams);
  if (explanation.out_of_reach().empty()) {
    const bool is_placed = !explanation.placement().program().empty();
    streams.out << (is_placed ? "  nothing: it has the best of its list\n"
                              : "  nothing: it wishes for no program of the round\n");
    return;
  }
  Table table({{.title = ""},
               {.title = "program", .shrinks = true},
               {.title = "why not"},
               {.title = "its rank", .right = true},
               {.title = "cut-off", .right = true},
               {.title = "seats", .right = true}});
  int number = 0;
  for (const v1::OutOfReach& one : explanation.out_of_reach()) {
    std::vector<std::string> notes;
    if (!one.text().empty()) notes.push_back(one.text());
    table.AddRow({{absl::StrCat(++number), Ink::kFaint},
                  {ProgramText(one.program(), names), Ink::kHeading},
                  {PhraseOf(one.reason()).en, Ink::kBad},
                  RankText(one.rank()),
                  one.cutoff() == 0 ? "none" : WithCommas(one.cutoff()),
                  WithCommas(one.seats())},
                 notes);
  }
  table.Print(streams, "  ");
  PrintRemark("its rank: with the program, 1 is best. cut-off: the rank of the last who was taken; "
              "none: a seat is empty",
              streams);
}

std::string ChangeText(const v1::PlacementChange& change) {
  switch (change.kind()) {
    case v1::PlacementChange::KIND_FURTHER_ROLE: {
      const Phrase role = RolePhrase(change.role());
      return absl::StrCat("learn the role ", In(Language::kBoth, role));
    }
    case v1::PlacementChange::KIND_SKILL:
      return absl::StrCat("learn the skill ", change.skill());
    case v1::PlacementChange::KIND_FURTHER_WISH:
      return "wish for it, too";
    default:
      return change.text();
  }
}

void PrintChanges(const v1::ExplainPlacementResponse& explanation, const RoundNames& names,
                  const Streams& streams) {
  const bool is_placed = !explanation.placement().program().empty();
  const char* const better = is_placed ? "placed it better" : "placed it";
  streams.out << "\n";
  PrintSection(absl::StrCat("What would have ", better).c_str(), streams);
  if (explanation.changes().empty()) {
    streams.out << "  "
                << (explanation.changes_tried() == 0
                        ? absl::StrCat("no change could be tried",
                                       explanation.placement().profile().empty()
                                           ? ": roles and skills are those of a profile, and it "
                                             "has none"
                                           : "")
                        : absl::StrCat("nothing: ", Counted(explanation.changes_tried(), "change"),
                                       " tried, none did"))
                << "\n";
    return;
  }
  Table table({{.title = "change", .shrinks = true},
               {.title = "it would be at", .shrinks = true},
               {.title = "readiness", .right = true}});
  bool any_readiness = false;
  for (const v1::PlacementChange& change : explanation.changes()) {
    std::vector<std::string> notes;
    if (!change.text().empty()) notes.push_back(change.text());
    const bool has_readiness = change.kind() == v1::PlacementChange::KIND_FURTHER_ROLE;
    any_readiness = any_readiness || has_readiness;
    table.AddRow({{ChangeText(change), Ink::kGood},
                  ProgramText(change.program(), names),
                  has_readiness ? AsShare(change.readiness_millionths()) : ""},
                 notes);
  }
  table.Print(streams, "  ");
  std::string note = absl::StrCat(Counted(explanation.changes_tried(), "change"),
                                  " tried, each by placing the round once more");
  if (any_readiness) {
    absl::StrAppend(&note, ". readiness: how readily people of its roles come to that one");
  }
  PrintRemark(note, streams);
}

}  // namespace

void PrintExplanation(const v1::ExplainPlacementResponse& explanation, const v1::Round& round,
                      const RoundNames& names, bool looked, const Streams& streams) {
  const v1::GraduatePlacement& placement = explanation.placement();
  const bool is_placed = !placement.program().empty();
  streams.out << Inked(is_placed ? Ink::kGood : Ink::kBad, is_placed ? "PLACED" : "UNPLACED",
                       streams.colour)
              << "  " << Inked(Ink::kHeading, Printable(names.Graduate(placement.graduate())),
                               streams.colour)
              << "  " << Inked(Ink::kFaint, Printable(placement.graduate()), streams.colour)
              << "\n";
  Facts facts(streams);
  facts.Add("at", WhereText(placement, names));
  facts.Add("profile", placement.profile());
  facts.Add("round", absl::StrCat(round.title(), ", ", round.name()));
  facts.Add("mechanism",
            absl::StrCat(NameOf(round.mechanism()).en, ", seed ", round.seed()));
  facts.Print();
  PrintOutOfReach(explanation, names, streams);
  if (looked) PrintChanges(explanation, names, streams);
}

}  // namespace troupe

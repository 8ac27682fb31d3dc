#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/ad_hoc_file.h"
#include "services/cli/command.h"
#include "services/cli/input_file.h"
#include "services/cli/match_view.h"
#include "services/cli/option_values.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"
#include "services/convert/types_conversion.h"
#include "troupe/v1/match_service.grpc.pb.h"
#include "troupe/v1/outcome_service.grpc.pb.h"
#include "troupe/v1/project.pb.h"
#include "troupe/v1/project_service.grpc.pb.h"

namespace troupe {
namespace {

struct FindOptions {
  std::string opening;
  std::string ad_hoc;
  int32_t top = 20;
  bool include_attached = false;
  bool total = false;
  bool facets = false;
  bool why = false;
  int32_t newcomers = 0;
  int64_t spread = 0;
  int64_t spread_seed = 0;
  std::string contacts;  // A file.
  bool record_shown = false;
  QuestionOptions question;
};

v1::FindProfilesRequest RequestOf(const FindOptions& options) {
  v1::FindProfilesRequest request;
  request.set_page_size(options.top);
  request.set_include_attached(options.include_attached);
  request.set_want_total(options.total);
  request.set_want_facets(options.facets);
  if (options.question.as_of.has_value()) {
    *request.mutable_as_of() = ToWire(*options.question.as_of);
  }
  request.set_newcomers(options.newcomers);
  if (options.spread > 0) {
    request.mutable_spread()->set_tolerance_millionths(options.spread);
    request.mutable_spread()->set_seed(options.spread_seed);
  }
  options.question.FillWeights(*request.mutable_weights());
  options.question.FillAttached(*request.mutable_attached());
  request.set_model(options.question.ModelName());
  if (!options.opening.empty()) request.set_opening(options.opening);
  return request;
}

// "Director 导演 for 重生归来, Xi'an, 2026-12-01..2026-12-07, to 2,800 CNY a day".
std::string Title(const v1::Project& project, const v1::Opening& opening) {
  std::string title = RoleName(opening.role());
  if (!project.title().empty()) absl::StrAppend(&title, " for ", project.title());
  const std::string& place = opening.place().empty() ? project.place() : opening.place();
  if (!place.empty()) absl::StrAppend(&title, ", ", PlaceName(place));
  const std::string dates = DatesAskedFor(opening);
  if (!dates.empty()) absl::StrAppend(&title, ", ", dates);
  const std::string ceiling = Worded(opening.pay_ceiling());
  if (!ceiling.empty()) absl::StrAppend(&title, ", to ", ceiling, " a day");
  return title;
}

// What a stored opening is about; its name alone if the project is not shown.
std::string StoredTitle(const std::string& name, const Connection& connection) {
  v1::GetProjectRequest request;
  request.set_name(name.substr(0, name.find("/openings/")));
  const absl::StatusOr<v1::Project> project = connection.Ask(
      &v1::ProjectService::Stub::GetProject, request);
  if (!project.ok()) return name;
  for (const v1::Opening& opening : project->openings()) {
    if (opening.name() == name) return Title(*project, opening);
  }
  return name;
}

std::string TitleOf(const v1::FindProfilesRequest& request, const Connection& connection) {
  if (request.has_ad_hoc()) return Title(request.ad_hoc().project(), request.ad_hoc().opening());
  return StoredTitle(request.opening(), connection);
}

absl::Status RecordShown(const v1::FindProfilesRequest& request,
                         const v1::FindProfilesResponse& response, const Connection& connection) {
  if (response.matches().empty()) return absl::OkStatus();
  v1::RecordOutcomeRequest record;
  record.set_opening(request.opening());
  record.set_kind(v1::OUTCOME_KIND_SHOWN);
  for (const v1::Match& match : response.matches()) record.add_profiles(match.profile());
  return connection.Ask(&v1::OutcomeService::Stub::RecordOutcome, record)
      .status();
}

absl::Status AskOne(const v1::FindProfilesRequest& request, const FindOptions& options,
                    Session& session) {
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::FindProfilesResponse response,
      connection.Ask(&v1::MatchService::Stub::FindProfiles, request));
  const absl::Status recorded =
      options.record_shown ? RecordShown(request, response, connection) : absl::OkStatus();
  if (session.json()) {
    session.PrintJson(response);
    return recorded;
  }
  Table heading({{.title = "", .wraps = true}});
  heading.AddRow({{TitleOf(request, connection), Ink::kHeading}});
  if (response.has_as_of()) {
    heading.AddRow({{absl::StrCat("as of ", Worded(response.as_of())), Ink::kFaint}});
  }
  heading.Print(session.streams());
  PrintPeople(response, options.why, session.streams());
  return recorded;
}

absl::Status ReadContacts(const std::string& path, v1::Spread& spread) {
  TROUPE_ASSIGN_OR_RETURN(InputFile file, InputFile::Open(path));
  std::string line;
  for (int number = 1;; ++number) {
    TROUPE_ASSIGN_OR_RETURN(const bool more, file.ReadLine(line));
    if (!more) return absl::OkStatus();
    const std::vector<std::string> words =
        absl::StrSplit(absl::StripAsciiWhitespace(line), ' ', absl::SkipEmpty());
    if (words.empty()) continue;
    v1::Contacts& contacts = *spread.add_contacts();
    int64_t count = 0;
    if (words.size() != 2 || !absl::SimpleAtoi(words[1], &count)) {
      return InvalidField(absl::StrCat(path, " line ", number), "is not a profile and a count",
                          "write it as profiles/0123456789abcdef 3");
    }
    contacts.set_profile(words[0]);
    contacts.set_count(count);
  }
}

absl::Status Find(const FindOptions& options, Session& session) {
  v1::FindProfilesRequest request = RequestOf(options);
  if (!options.contacts.empty()) {
    TROUPE_RETURN_IF_ERROR(ReadContacts(options.contacts, *request.mutable_spread()));
  }
  if (options.ad_hoc.empty()) return AskOne(request, options, session);
  TROUPE_ASSIGN_OR_RETURN(std::vector<v1::AdHocOpening> openings,
                          ReadAdHocOpenings(options.ad_hoc, session.streams().in));
  for (v1::AdHocOpening& opening : openings) {
    *request.mutable_ad_hoc() = std::move(opening);
    TROUPE_RETURN_IF_ERROR(AskOne(request, options, session));
  }
  return absl::OkStatus();
}

}  // namespace

void AddFindCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<FindOptions>();
  CLI::App& command = *app.add_subcommand("find", "Find the people who fit an opening best");
  auto* target = command.add_option_group("target", "What to find people for");
  target->add_option("OPENING", options->opening, "projects/{project}/openings/{number}");
  target
      ->add_option("--ad-hoc", options->ad_hoc,
                   "An opening that is not stored, as JSON; - for standard input; one a line "
                   "gives an answer each")
      ->type_name("FILE");
  target->require_option(1);
  command
      .add_flag("--record-shown", options->record_shown,
                "Record that these people were shown, for learning and fairness reports")
      ->excludes(target->get_option("--ad-hoc"));
  command.add_option("--top", options->top, "How many people, 1 to 1,000")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str()
      ->type_name("COUNT");
  options->question.AddAsOfAndWeights(command);
  options->question.AddAttach(command);
  command.add_flag("--include-attached", options->include_attached,
                   "Also people who are attached already");
  command.add_flag("--total", options->total, "Count everybody who is eligible");
  command.add_flag("--facets", options->facets, "Count them by home, level and language");
  command
      .add_option("--newcomers", options->newcomers,
                  "Keep so many of the places for people without a credit in the role")
      ->check(CLI::Range(0, 1000))
      ->type_name("COUNT");
  command
      .add_option("--spread", options->spread,
                  "Let people whose scores are within so many millionths change places, so that "
                  "questions that are alike do not all name the same few")
      ->check(CLI::Range(1, 100000))
      ->type_name("MILLIONTHS");
  CLI::Option* spread = command.get_option("--spread");
  CLI::Option* seed =
      command.add_option("--spread-seed", options->spread_seed, "With --spread: which order")
          ->check(CLI::NonNegativeNumber)
          ->needs(spread)
          ->type_name("SEED");
  command
      .add_option("--contacts", options->contacts,
                  "With --spread: how often people were contacted lately, who therefore stand "
                  "back; a line each: profiles/{profile} COUNT")
      ->needs(spread)
      ->excludes(seed)
      ->type_name("FILE");
  command.add_flag("--why", options->why, "Show what each score is made of");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Find(*options, session); };
  });
}

}  // namespace troupe

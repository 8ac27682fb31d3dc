#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/cli/ad_hoc_file.h"
#include "services/cli/command.h"
#include "services/cli/ink.h"
#include "services/cli/ink.h"
#include "services/cli/match_view.h"
#include "services/cli/option_values.h"
#include "services/cli/wording.h"
#include "services/convert/types_conversion.h"
#include "troupe/v1/match_service.grpc.pb.h"

namespace troupe {
namespace {

struct WhyOptions {
  std::string profile;
  std::string opening;
  std::string ad_hoc;
  QuestionOptions question;
};

void Print(const v1::ExplainMatchResponse& response, const Streams& streams) {
  const v1::Match& match = response.match();
  streams.out << Inked(Ink::kHeading, match.profile_summary().display_name(), streams.colour)
              << (response.eligible() ? Inked(Ink::kGood, " fits", streams.colour)
                                      : Inked(Ink::kBad, " does not fit", streams.colour))
              << (response.has_as_of() ? absl::StrCat(", as of ", Worded(response.as_of())) : "") << "\n";
  if (!response.not_offered().empty()) {
    streams.out << "The opening is not offered now: it is " << response.not_offered() << ".\n";
  }
  if (!response.failures().empty()) {
    streams.out << "What fails, and the smallest change that mends it"
                << (response.failures_size() > 1 ? " (all of them together)" : "") << ":\n";
    PrintFailures(response.failures(), streams);
  }
  streams.out << (response.eligible() ? "The score:\n" : "The score that it would have:\n");
  PrintScore(match, streams);
}

absl::Status Explain(const WhyOptions& options, Session& session) {
  v1::ExplainMatchRequest request;
  request.set_profile(options.profile);
  if (!options.opening.empty()) request.set_opening(options.opening);
  if (!options.ad_hoc.empty()) {
    TROUPE_ASSIGN_OR_RETURN(*request.mutable_ad_hoc(),
                            ReadAdHocOpening(options.ad_hoc, session.streams().in));
  }
  if (options.question.as_of.has_value()) {
    *request.mutable_as_of() = ToWire(*options.question.as_of);
  }
  options.question.FillWeights(*request.mutable_weights());
  request.set_model(options.question.ModelName());
  options.question.FillAttached(*request.mutable_attached());
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::ExplainMatchResponse response,
      connection.Ask(&v1::MatchService::Stub::ExplainMatch, request));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    Print(response, session.streams());
  }
  return absl::OkStatus();
}

}  // namespace

void AddWhyCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<WhyOptions>();
  CLI::App& command =
      *app.add_subcommand("why", "Say why a person fits an opening, or what would change that");
  command.add_option("PROFILE", options->profile, "profiles/{profile}")->required();
  auto* target = command.add_option_group("target", "The opening");
  target->add_option("OPENING", options->opening, "projects/{project}/openings/{number}");
  target
      ->add_option("--ad-hoc", options->ad_hoc,
                   "An opening that is not stored, as JSON; - for standard input")
      ->type_name("FILE");
  target->require_option(1);
  options->question.AddAsOfAndWeights(command);
  options->question.AddAttach(command);
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Explain(*options, session); };
  });
}

}  // namespace troupe

#include <memory>
#include <string>

#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/match_view.h"
#include "services/cli/option_values.h"
#include "services/convert/types_conversion.h"
#include "troupe/v1/match_service.grpc.pb.h"

namespace troupe {
namespace {

struct OpeningsOptions {
  v1::FindOpeningsRequest request;
  bool why = false;
  QuestionOptions question;
};

absl::Status FindOpenings(const OpeningsOptions& options, Session& session) {
  v1::FindOpeningsRequest request = options.request;
  if (options.question.as_of.has_value()) {
    *request.mutable_as_of() = ToWire(*options.question.as_of);
  }
  options.question.FillWeights(*request.mutable_weights());
  request.set_model(options.question.ModelName());
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(
      const v1::FindOpeningsResponse response,
      connection.Ask(&v1::MatchService::Stub::FindOpenings, request));
  if (session.json()) {
    session.PrintJson(response);
  } else {
    PrintOpenings(response, options.why, session.streams());
  }
  return absl::OkStatus();
}

}  // namespace

void AddOpeningsCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<OpeningsOptions>();
  v1::FindOpeningsRequest& request = options->request;
  request.set_page_size(20);
  CLI::App& command = *app.add_subcommand("openings", "Find the openings that fit a person best");
  command
      .add_option_function<std::string>(
          "PROFILE", [&request](const std::string& name) { request.set_profile(name); },
          "profiles/{profile}")
      ->required();
  command
      .add_option_function<int32_t>(
          "--top", [&request](int32_t top) { request.set_page_size(top); },
          "How many openings, 1 to 1,000 (20)")
      ->check(CLI::Range(1, 1000))
      ->type_name("COUNT");
  options->question.AddAsOfAndWeights(command);
  command.add_flag_callback(
      "--include-attached", [&request] { request.set_include_attached(true); },
      "Also openings that the person is attached to already");
  command.add_flag_callback(
      "--total", [&request] { request.set_want_total(true); }, "Count every opening that fits");
  command.add_flag_callback(
      "--facets", [&request] { request.set_want_facets(true); }, "Count them by role and place");
  command.add_flag("--why", options->why, "Show what each score is made of");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return FindOpenings(*options, session); };
  });
}

}  // namespace troupe

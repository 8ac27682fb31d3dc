#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/command.h"
#include "services/cli/option_values.h"
#include "services/cli/progress_bar.h"
#include "services/cli/scoring_model_view.h"
#include "services/convert/types_conversion.h"
#include "troupe/v1/model_service.grpc.pb.h"

namespace troupe {
namespace {

struct LearnOptions {
  std::string model;
  std::optional<Day> until;
  int64_t seed = 1;
  std::string source = "careers";
  std::string request_id;
};

ProgressBar::Style BarStyle(const Session& session) {
  if (session.streams().err_is_terminal) return ProgressBar::Style::kBar;
  return session.verbose() ? ProgressBar::Style::kLines : ProgressBar::Style::kSilent;
}

absl::Status Learn(const LearnOptions& options, Session& session) {
  v1::LearnScoringModelRequest request;
  request.set_model_id(options.model);
  if (options.until.has_value()) *request.mutable_until() = ToWire(*options.until);
  request.set_seed(options.seed);
  request.set_source(options.source == "outcomes" ? v1::LEARNING_SOURCE_OUTCOMES
                                                  : v1::LEARNING_SOURCE_CAREERS);
  request.set_request_id(options.request_id);
  const Connection& connection = session.connection();
  const auto context = connection.NewContext();  // However long it takes.
  const auto stream =
      connection.stub<v1::ModelService::Stub>().LearnScoringModel(context.get(), request);
  std::optional<ProgressBar> bar;
  std::optional<v1::ScoringModel> model;
  v1::LearnScoringModelResponse response;
  while (stream->Read(&response)) {
    if (response.has_model()) model = response.model();
    if (!response.has_progress()) continue;
    if (!bar.has_value()) {
      bar.emplace(session.streams().err, BarStyle(session), session.host().clock, "roles",
                  response.progress().roles_total());
    }
    bar->Reach(response.progress().roles_done());
  }
  if (bar.has_value()) bar->Finish();
  const grpc::Status status = stream->Finish();
  if (!status.ok()) return connection.Error(status);
  if (!model.has_value()) {
    return ErrorWithReason(absl::StatusCode::kInternal, "NO_MODEL",
                           "the server ended without a model: learn again");
  }
  if (session.json()) {
    session.PrintJson(*model);
  } else {
    PrintModel(*model, session.streams());
  }
  return absl::OkStatus();
}

}  // namespace

void AddLearnCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<LearnOptions>();
  CLI::App& command = *app.add_subcommand(
      "learn", "Learn how much each feature counts, from careers or outcomes, as a model to ask with");
  command.add_option("--model", options->model, "What to call the model: tmdb")
      ->required()
      ->type_name("MODEL");
  AddDayOption(command, "--until", options->until,
               "Look at nothing dated on this day or later (today)");
  RequireOneOf({"careers", "outcomes"},
               *command.add_option("--from", options->source,
                                   "Who was hired by the credits of people, or booked by what "
                                   "was recorded of your openings")
                    ->capture_default_str());
  command.add_option("--seed", options->seed, "Draws the candidates: the same one, the same model")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str()
      ->type_name("N");
  command.add_option("--request-id", options->request_id,
                     "Of your own making: learning again with it adds no second version")
      ->type_name("ID");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Learn(*options, session); };
  });
}

}  // namespace troupe

#include <memory>
#include <string>

#include "google/protobuf/empty.pb.h"
#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/option_values.h"
#include "services/cli/scoring_model_view.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"
#include "services/convert/types_conversion.h"
#include "troupe/v1/model_service.grpc.pb.h"

namespace troupe {
namespace {

absl::Status List(Session& session) {
  const Connection& connection = session.connection();
  Table table({{.title = "model"},
               {.title = "version", .right = true},
               {.title = "learned until"},
               {.title = "seed", .right = true}});
  v1::ListScoringModelsRequest request;
  do {
    TROUPE_ASSIGN_OR_RETURN(
        const v1::ListScoringModelsResponse response,
        connection.Ask(&v1::ModelService::Stub::ListScoringModels, request));
    for (const v1::ScoringModel& model : response.models()) {
      if (session.json()) session.PrintJson(model);
      const bool learned = model.has_learned();
      table.AddRow({model.name(), std::to_string(model.version()),
                    learned ? Worded(model.learned().until()) : "given",
                    learned ? std::to_string(model.learned().seed()) : ""});
    }
    request.set_page_token(response.next_page_token());
  } while (!request.page_token().empty());
  if (session.json()) return absl::OkStatus();
  if (table.empty()) {
    session.out() << "no models\n";
  } else {
    table.Print(session.streams());
  }
  return absl::OkStatus();
}

absl::Status Show(const std::string& name, Session& session) {
  const Connection& connection = session.connection();
  v1::GetScoringModelRequest request;
  request.set_name(ModelNameOf(name));
  TROUPE_ASSIGN_OR_RETURN(
      const v1::ScoringModel model,
      connection.Ask(&v1::ModelService::Stub::GetScoringModel, request));
  if (session.json()) {
    session.PrintJson(model);
  } else {
    PrintModel(model, session.streams());
  }
  return absl::OkStatus();
}

absl::Status Delete(const std::string& name, Session& session) {
  const Connection& connection = session.connection();
  v1::DeleteScoringModelRequest request;
  request.set_name(ModelNameOf(name));
  TROUPE_ASSIGN_OR_RETURN(
      const google::protobuf::Empty done,
      connection.Ask(&v1::ModelService::Stub::DeleteScoringModel, request));
  if (session.json()) {
    session.PrintJson(done);
  } else {
    session.out() << "deleted " << request.name() << "\n";
  }
  return absl::OkStatus();
}

void AddNamed(CLI::App& models, const std::string& verb, const std::string& help,
              absl::Status (*act)(const std::string&, Session&), Action& chosen) {
  auto name = std::make_shared<std::string>();
  CLI::App& command = *models.add_subcommand(verb, help);
  command.add_option("MODEL", *name, "scoringModels/{model}, or {model} alone")->required();
  command.callback([name, act, &chosen] {
    chosen = [name, act](Session& session) { return act(*name, session); };
  });
}

}  // namespace

void AddModelsCommand(CLI::App& app, Action& chosen) {
  CLI::App& models =
      *app.add_subcommand("models", "Show and delete the models that questions can be asked with");
  models.require_subcommand(1);
  models.add_subcommand("list", "Show your models")->callback([&chosen] { chosen = List; });
  AddNamed(models, "show", "Show a model's weights; with @3, those of a certain version", Show,
           chosen);
  AddNamed(models, "delete", "Delete a model with all its versions", Delete, chosen);
}

}  // namespace troupe

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "google/protobuf/empty.pb.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/card_parts.h"
#include "services/cli/command.h"
#include "services/cli/defects.h"
#include "services/cli/number_text.h"
#include "services/cli/operation_list.h"
#include "services/cli/operation_wait.h"
#include "services/cli/option_values.h"
#include "services/cli/placement/report_text.h"
#include "services/cli/record_sender.h"
#include "services/cli/report_options.h"
#include "services/cli/staffing/plan_draft.h"
#include "services/cli/staffing/plan_files.h"
#include "services/cli/staffing/plan_page.h"
#include "services/cli/staffing/plan_store.h"
#include "services/cli/staffing/plan_tables.h"
#include "services/cli/staffing/plan_words.h"
#include "services/cli/table.h"
#include "troupe/v1/staffing_service.grpc.pb.h"

namespace troupe {
namespace {

using Staffing = v1::StaffingService::Stub;

struct RunOptions {
  PlanDraftOptions draft;
  ReportOptions report;
};

// What any of the commands but `run` may be told.
struct PlanOptions {
  std::string plan;
  std::string operation;
  std::string etag;
  std::string regime;
  std::optional<int32_t> draws;
  std::optional<int64_t> seed;
  std::vector<std::string> enrolments;
  int32_t limit = 50;
  ReportOptions report;
};

using Verb = absl::Status (*)(const PlanOptions&, Session&);

// "lights-xian=20".
std::optional<v1::Enrolment> EnrolmentOf(const std::string& text) {
  const size_t sign = text.rfind('=');
  int64_t people = 0;
  if (sign == std::string::npos || sign == 0 || !absl::SimpleAtoi(text.substr(sign + 1), &people) ||
      people < 0) {
    return std::nullopt;
  }
  v1::Enrolment enrolment;
  enrolment.set_course(text.substr(0, sign));
  enrolment.set_people(people);
  return enrolment;
}

absl::Status WriteReport(const PlanFigures& figures, const ReportOptions& options,
                         const Session& session) {
  return options.Write(
      [&](const std::string& folder) { return WritePlanCsv(figures, folder); },
      [&](Language language) { return PlanPage(figures, language, Gnuplot()); },
      session.streams());
}

// Prints what `plan` came to, and writes the files that were asked for.
absl::Status ShowOutcome(const v1::TrainingPlan& plan, const ReportOptions& options,
                         Session& session) {
  if (session.json()) session.PrintJson(plan);
  if (session.json() && !options.WritesFiles()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(const PlanFigures figures,
                          PlanFigures::Load(plan, session.connection()));
  if (!session.json()) {
    PrintTitle(plan.title(), plan.name(), session.streams());
    PrintPlanReport(figures, options.OfTerminal(), session.streams());
  }
  return WriteReport(figures, options, session);
}

absl::Status Run(const RunOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const v1::TrainingPlan stored, StoredPlan(options.draft, session));
  const Connection& connection = session.connection();
  v1::PlanTrainingRequest request;
  request.set_name(stored.name());
  request.set_etag(stored.etag());
  request.set_request_id(absl::StrCat(RequestIdFor("", session), "-make"));
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Operation begun,
      connection.Ask(&Staffing::PlanTraining, request));
  if (session.verbose()) session.streams().err << "running " << begun.name() << "\n";
  TROUPE_RETURN_IF_ERROR(AwaitOperation(begun, session));
  TROUPE_ASSIGN_OR_RETURN(const v1::TrainingPlan plan, GetPlan(stored.name(), connection));
  TROUPE_RETURN_IF_ERROR(ShowOutcome(plan, options.report, session));
  if (session.json()) return absl::OkStatus();
  session.out() << "\nnext\n"
                << "  troupe plan report " << plan.name() << " --html plan.html --csv plan\n"
                << "  troupe plan simulate " << plan.name() << " --regime bursty\n";
  return absl::OkStatus();
}

absl::StatusOr<v1::TrainingPlan> PlanMeant(const PlanOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const std::string name, PlanNameOf(options.plan, session.connection()));
  return GetPlan(name, session.connection());
}

absl::Status Show(const PlanOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const v1::TrainingPlan plan, PlanMeant(options, session));
  if (session.json()) {
    session.PrintJson(plan);
    return absl::OkStatus();
  }
  const Language language = options.report.OfTerminal();
  PrintPlan(plan, language, session.streams());
  session.out() << "\n";
  if (plan.has_result()) {
    TROUPE_ASSIGN_OR_RETURN(const PlanFigures figures,
                            PlanFigures::Load(plan, session.connection()));
    PrintPlanReport(figures, language, session.streams());
    return absl::OkStatus();
  }
  session.out() << "not made since it was changed: troupe plan run " << plan.name() << "\n";
  return absl::OkStatus();
}

absl::Status Report(const PlanOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const v1::TrainingPlan plan, PlanMeant(options, session));
  if (plan.has_result()) return ShowOutcome(plan, options.report, session);
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "TRAINING_PLAN_NOT_MADE",
                         absl::StrCat(plan.name(), " was not made since it was changed: run "
                                      "\"troupe plan run ", plan.name(), "\""));
}

absl::Status Simulate(const PlanOptions& options, Session& session) {
  const Connection& connection = session.connection();
  v1::SimulateTrainingRequest request;
  TROUPE_ASSIGN_OR_RETURN(const std::string name, PlanNameOf(options.plan, connection));
  request.set_name(name);
  request.set_request_id(absl::StrCat(RequestIdFor("", session), "-simulate"));
  request.set_regime(RegimeOf(options.regime));
  if (options.draws.has_value()) request.set_draws(*options.draws);
  if (options.seed.has_value()) request.set_seed(*options.seed);
  std::vector<std::string> rows;
  for (const std::string& text : options.enrolments) {
    *request.add_enrolments() = *EnrolmentOf(text);  // Checked when it was parsed.
    rows.push_back(absl::StrCat("--course ", text));
  }
  const absl::StatusOr<v1::Operation> begun =
      connection.Ask(&Staffing::SimulateTraining, request);
  if (!begun.ok()) return ToldByRow(begun.status(), "enrolments", rows);
  TROUPE_RETURN_IF_ERROR(AwaitOperation(*begun, session));
  TROUPE_ASSIGN_OR_RETURN(v1::TrainingPlan plan, GetPlan(name, connection));
  if (session.json()) {
    session.PrintJson(plan.simulation());
    return absl::OkStatus();
  }
  const PlanFigures figures = {.plan = std::move(plan), .people = {}};
  const Language language = options.report.OfTerminal();
  PrintTitle(figures.plan.title(), figures.plan.name(), session.streams());
  PrintReportTable(TrialTable(figures), language, session.streams());
  if (!figures.plan.simulation().has_comparison()) return absl::OkStatus();
  PrintReportTable(PolicyTable(figures.plan.simulation().comparison(), 0), language,
                   session.streams());
  return absl::OkStatus();
}

absl::Status List(const PlanOptions& options, Session& session) {
  Table table({{.title = "plan"},
               {.title = "id"},
               {.title = "title", .shrinks = true},
               {.title = "state"},
               {.title = "courses", .right = true},
               {.title = "budget, yuan", .right = true},
               {.title = "changed"}});
  int32_t taken = 0;
  bool more = false;
  TROUPE_RETURN_IF_ERROR(ForEachPlan(session.connection(), [&](const v1::TrainingPlan& plan) {
    more = taken == options.limit;
    if (more) return false;
    ++taken;
    if (session.json()) {
      session.PrintJson(plan);
      return true;
    }
    table.AddRow({{plan.name(), Ink::kFaint},
                  plan.external_id().id(),
                  {plan.title(), Ink::kHeading},
                  NameOf(plan.state()).en,
                  WithCommas(plan.courses_size()),
                  WithCommas(plan.budget_yuan()),
                  TimeText(plan.update_time())});
    return true;
  }));
  if (session.json()) return absl::OkStatus();
  if (table.empty()) {
    session.out() << "no plans yet: \"troupe plan run\" makes one from files\n";
  } else {
    table.Print(session.streams());
  }
  if (more) session.out() << "... and more: raise --limit\n";
  return absl::OkStatus();
}

absl::Status Delete(const PlanOptions& options, Session& session) {
  const Connection& connection = session.connection();
  v1::DeleteTrainingPlanRequest request;
  TROUPE_ASSIGN_OR_RETURN(const std::string name, PlanNameOf(options.plan, connection));
  request.set_name(name);
  request.set_etag(options.etag);
  TROUPE_ASSIGN_OR_RETURN(
      const google::protobuf::Empty done,
      connection.Ask(&Staffing::DeleteTrainingPlan, request));
  if (session.json()) {
    session.PrintJson(done);
  } else {
    session.out() << "deleted " << name << "\n";
  }
  return absl::OkStatus();
}

absl::Status ShowOperations(const PlanOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const std::string name, PlanNameOf(options.plan, session.connection()));
  return ListOperations(name, absl::StrCat(name, " was never made"), session);
}

absl::Status Cancel(const PlanOptions& options, Session& session) {
  return CancelOperation(options.operation, session);
}

// Adds commands that share their options.
class VerbAdder {
 public:
  VerbAdder(CLI::App& plan, Action& chosen)
      : plan_(plan), chosen_(chosen), options_(std::make_shared<PlanOptions>()) {}

  CLI::App& Add(const char* name, const char* help, Verb verb) {
    CLI::App& command = *plan_.add_subcommand(name, help);
    command.callback([options = options_, verb, &chosen = chosen_] {
      chosen = [options, verb](Session& session) { return verb(*options, session); };
    });
    return command;
  }

  CLI::App& AddOfPlan(const char* name, const char* help, Verb verb) {
    CLI::App& command = Add(name, help, verb);
    command.add_option("PLAN", options_->plan, "trainingPlans/{plan}, or the id of its files")
        ->required();
    return command;
  }

  PlanOptions& options() { return *options_; }

 private:
  CLI::App& plan_;
  Action& chosen_;
  const std::shared_ptr<PlanOptions> options_;
};

void AddRun(CLI::App& plan, Action& chosen) {
  const auto options = std::make_shared<RunOptions>();
  CLI::App& run = *plan.add_subcommand("run", "Choose whom to train, from files, and compare it");
  options->draft.AddTo(run);
  options->report.AddTo(run);
  run.footer(
      "A row that is wrong is told with its file, row, column and fix, and nothing is sent.\n"
      "Running the same files again makes the same plan anew. Ctrl-C cancels it.");
  run.callback([options, &chosen] {
    options->draft.CheckUsage();
    chosen = [options](Session& session) { return Run(*options, session); };
  });
}

void AddSimulate(VerbAdder& adder) {
  PlanOptions& options = adder.options();
  CLI::App& simulate = adder.AddOfPlan(
      "simulate", "Try a plan, or other numbers of people, on fresh draws of demand", Simulate);
  RequireOneOf(RegimeWords(), *simulate.add_option("--regime", options.regime,
                                                   "How demand strays (the plan's)"));
  simulate.add_option("--draws", options.draws, "How many fresh draws (the plan's)")
      ->type_name("COUNT");
  simulate.add_option("--seed", options.seed, "Of them (the plan's)")->type_name("NUMBER");
  simulate
      .add_option("--course", options.enrolments,
                  "How many take a course instead, as often as there are courses; nobody takes "
                  "those not named: lights-xian=20")
      ->type_name("ID=PEOPLE")
      ->allow_extra_args(false)
      ->check([](const std::string& text) -> std::string {
        if (EnrolmentOf(text).has_value()) return "";
        return "people of a course are written as lights-xian=20";
      });
}

}  // namespace

void AddPlanCommand(CLI::App& app, Action& chosen) {
  CLI::App& plan = *app.add_subcommand(
      "plan", "Plan whom to train into which further role, report it, try it on other demand");
  plan.require_subcommand(1);
  plan.fallthrough();
  AddRun(plan, chosen);
  VerbAdder adder(plan, chosen);
  adder.AddOfPlan("show", "Show a plan and what it came to", Show);
  adder.options().report.AddTo(
      adder.AddOfPlan("report", "Show what a plan came to, as tables, a page or files", Report));
  AddSimulate(adder);
  adder.Add("list", "List plans", List)
      .add_option("--limit", adder.options().limit, "How many at most")
      ->check(AtLeastOne)
      ->capture_default_str()
      ->type_name("COUNT");
  adder.AddOfPlan("delete", "Delete a plan for good", Delete)
      .add_option("--etag", adder.options().etag, "Only if this is its etag still")
      ->type_name("ETAG");
  adder.AddOfPlan("operations", "List what was done to a plan, the newest first", ShowOperations);
  adder.Add("cancel", "Ask a plan under way to stop", Cancel)
      .add_option("OPERATION", adder.options().operation,
                  "trainingPlans/{plan}/operations/{operation}")
      ->required();
}

}  // namespace troupe

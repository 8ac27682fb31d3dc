#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/time.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/command.h"
#include "services/cli/display_width.h"
#include "services/cli/hold_values.h"
#include "services/cli/number_text.h"
#include "services/cli/option_values.h"
#include "services/cli/placement/explain_card.h"
#include "services/cli/operation_list.h"
#include "services/cli/operation_wait.h"
#include "services/cli/placement/placement_run.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/placement/report_text.h"
#include "services/cli/placement/round_names.h"
#include "services/cli/placement/round_pages.h"
#include "services/cli/placement/round_sheets.h"
#include "services/cli/record_sender.h"
#include "services/cli/report_options.h"
#include "services/cli/table.h"
#include "services/convert/types_conversion.h"
#include "troupe/v1/placement_service.grpc.pb.h"

namespace troupe {
namespace {

using Placements = v1::PlacementService::Stub;

// What any of the commands but `run` may be told.
struct PlacementOptions {
  std::string round;
  std::string graduate;
  std::string operation;
  std::string file;
  std::string csv;
  ReportOptions report;
  std::string expires;
  bool skip_changes = false;
  bool compare = false;
  bool unplaced = false;
  int32_t cross_role = 0;
  int32_t limit = 50;
};

using Verb = absl::Status (*)(const PlacementOptions&, Session&);

absl::Status Verify(const PlacementOptions& options, Session& session) {
  const Connection& connection = session.connection();
  v1::VerifyRoundRequest request;
  TROUPE_ASSIGN_OR_RETURN(const std::string round, RoundNameOf(options.round, connection));
  request.set_name(round);
  TROUPE_ASSIGN_OR_RETURN(
      const v1::VerifyRoundResponse verdict,
      connection.AskPatiently(&Placements::VerifyRound, request));
  if (session.json()) {
    session.PrintJson(verdict);
  } else if (verdict.verified()) {
    session.out() << Inked(Ink::kGood, "VERIFIED", session.streams().colour) << "  " << round
                  << " keeps its mechanism's promise\n";
  } else {
    session.out() << Inked(Ink::kBad, "NOT VERIFIED", session.streams().colour) << "  " << round
                  << " breaks its mechanism's promise\n";
    for (const std::string& problem : verdict.problems()) {
      session.out() << "  " << Printable(problem) << "\n";
    }
  }
  if (!session.json() && verdict.admitted() > 0) {
    session.out() << "  but for " << WithCommas(verdict.admitted())
                  << (verdict.admitted() == 1 ? " breach" : " breaches") << " that it admits: floors or pairs that cannot all be satisfied\n";
  }
  if (!options.file.empty()) TROUPE_RETURN_IF_ERROR(SaveCertificate(round, options.file, session));
  if (verdict.verified()) return absl::OkStatus();
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "NOT_VERIFIED",
                         absl::StrCat(round, " is not what its mechanism promises (",
                                      Counted(verdict.problems_size(), "problem"),
                                      "): keep its certificate, and run it again"));
}

// The resource names that `text` may mean.
absl::StatusOr<std::vector<std::string>> GraduatesMeant(const std::string& text,
                                                        const v1::Round& round,
                                                        const Connection& connection) {
  if (absl::StartsWith(text, "cohorts/")) return std::vector<std::string>{text};
  std::vector<std::string> meant;
  for (const std::string& cohort : round.cohorts()) {
    meant.push_back(absl::StrCat(cohort, "/graduates/", text));
  }
  if (meant.size() < 2) return meant;
  std::vector<std::string> known;
  v1::ExplainPlacementRequest request;
  request.set_round(round.name());
  request.set_skip_changes(true);
  for (const std::string& name : meant) {
    request.set_graduate(name);
    const absl::StatusOr<v1::ExplainPlacementResponse> found =
        connection.Ask(&Placements::ExplainPlacement, request);
    if (found.ok()) {
      known.push_back(name);
    } else if (!absl::IsNotFound(found.status())) {
      return found.status();
    }
  }
  return known;
}

absl::StatusOr<std::string> GraduateMeant(const std::string& text, const v1::Round& round,
                                          const Connection& connection) {
  TROUPE_ASSIGN_OR_RETURN(const std::vector<std::string> meant,
                          GraduatesMeant(text, round, connection));
  if (meant.size() == 1) return meant.front();
  if (meant.empty()) {
    return ErrorWithReason(absl::StatusCode::kNotFound, "GRADUATE_NOT_FOUND",
                           absl::StrCat("no graduate of ", round.name(), " has the id ", text,
                                        ": \"troupe placement places\" shows who is in it"));
  }
  return ErrorWithReason(absl::StatusCode::kInvalidArgument, "AMBIGUOUS_GRADUATE",
                         absl::StrCat(text, " is in ", meant.size(), " cohorts: say one of ",
                                      absl::StrJoin(meant, ", ")));
}

absl::Status Explain(const PlacementOptions& options, Session& session) {
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(const std::string name, RoundNameOf(options.round, connection));
  TROUPE_ASSIGN_OR_RETURN(const v1::Round round, GetRound(name, connection));
  v1::ExplainPlacementRequest request;
  request.set_round(name);
  TROUPE_ASSIGN_OR_RETURN(const std::string graduate,
                          GraduateMeant(options.graduate, round, connection));
  request.set_graduate(graduate);
  request.set_skip_changes(options.skip_changes);
  TROUPE_ASSIGN_OR_RETURN(
      const v1::ExplainPlacementResponse explanation,
      connection.AskPatiently(&Placements::ExplainPlacement, request));
  if (session.json()) {
    session.PrintJson(explanation);
    return absl::OkStatus();
  }
  TROUPE_ASSIGN_OR_RETURN(const RoundNames names, RoundNames::Load(round, connection));
  PrintExplanation(explanation, round, names, !options.skip_changes, session.streams());
  return absl::OkStatus();
}

absl::Status Report(const PlacementOptions& options, Session& session) {
  const Connection& connection = session.connection();
  v1::ReportRoundRequest request;
  TROUPE_ASSIGN_OR_RETURN(const std::string name, RoundNameOf(options.round, connection));
  request.set_name(name);
  request.set_compare_mechanisms(options.compare);
  request.set_cross_role_for(options.cross_role);
  RoundFigures figures;
  TROUPE_ASSIGN_OR_RETURN(
      figures.report,
      connection.AskPatiently(&Placements::ReportRound, request));
  const ReportOptions& written = options.report;
  if (session.json()) session.PrintJson(figures.report);
  if (session.json() && !written.WritesFiles()) return absl::OkStatus();
  TROUPE_ASSIGN_OR_RETURN(figures.round, GetRound(name, connection));
  TROUPE_ASSIGN_OR_RETURN(figures.names, RoundNames::Load(figures.round, connection));
  if (!session.json()) {
    PrintRoundReport(figures, written.OfTerminal(), session.streams());
  }
  return written.Write(
      [&](const std::string& folder) { return WriteReportCsv(figures, folder); },
      [&](Language language) { return ReportPage(figures, language, Gnuplot()); },
      session.streams());
}

absl::Status Publish(const PlacementOptions& options, Session& session) {
  const Connection& connection = session.connection();
  v1::PublishRoundRequest request;
  TROUPE_ASSIGN_OR_RETURN(const std::string name, RoundNameOf(options.round, connection));
  request.set_name(name);
  if (!options.expires.empty()) {
    *request.mutable_expire_time() = ToWire(*ParseDeadline(
        options.expires, session.host().clock.Now(), absl::LocalTimeZone()));
  }
  request.set_request_id(absl::StrCat(RequestIdFor("", session), "-publish"));
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Operation begun,
      connection.Ask(&Placements::PublishRound, request));
  TROUPE_RETURN_IF_ERROR(AwaitOperation(begun, session));
  TROUPE_ASSIGN_OR_RETURN(const v1::Round round, GetRound(name, connection));
  if (session.json()) {
    session.PrintJson(round.publication());
  } else {
    session.out() << "published " << name << ": "
                  << Counted(round.publication().holds(), "hold")
                  << " offered. Each graduate's side accepts: troupe hold accept HOLD\n";
  }
  return absl::OkStatus();
}

absl::Status List(const PlacementOptions& options, Session& session) {
  Table table({{.title = "round"},
               {.title = "id"},
               {.title = "title", .shrinks = true},
               {.title = "state"},
               {.title = "mechanism"},
               {.title = "placed", .right = true},
               {.title = "of", .right = true},
               {.title = "run"}});
  int32_t taken = 0;
  bool more = false;
  TROUPE_RETURN_IF_ERROR(ForEachRound(session.connection(), [&](const v1::Round& round) {
    more = taken == options.limit;
    if (more) return false;
    ++taken;
    if (session.json()) {
      session.PrintJson(round);
      return true;
    }
    const bool was_run = round.has_result();
    table.AddRow({{round.name(), Ink::kFaint},
                  round.external_id().id(),
                  {round.title(), Ink::kHeading},
                  WordOf(round.state()),
                  WordOf(round.mechanism()),
                  was_run ? WithCommas(round.result().placed()) : "",
                  was_run ? WithCommas(round.result().graduates()) : "",
                  TimeText(round.result().run_time())});
    return true;
  }));
  if (session.json()) return absl::OkStatus();
  if (table.empty()) {
    session.out() << "no rounds yet: \"troupe placement run\" makes one from files\n";
  } else {
    table.Print(session.streams());
  }
  if (more) session.out() << "... and more: raise --limit\n";
  return absl::OkStatus();
}

absl::Status PlacesAsTable(const std::string& name, const PlacementOptions& options,
                           Session& session) {
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(const v1::Round round, GetRound(name, connection));
  TROUPE_ASSIGN_OR_RETURN(const RoundNames names, RoundNames::Load(round, connection));
  Table table({{.title = "graduate"},
               {.title = "program", .shrinks = true},
               {.title = ""},
               {.title = "choice", .right = true},
               {.title = "of", .right = true},
               {.title = "profile"}});
  int32_t taken = 0;
  bool more = false;
  TROUPE_RETURN_IF_ERROR(ForEachPlacement(
      name, options.unplaced, connection, [&](const v1::GraduatePlacement& placement) {
        more = taken == options.limit;
        if (more) return false;
        ++taken;
        const bool is_placed = !placement.program().empty();
        table.AddRow({names.Graduate(placement.graduate()),
                      is_placed ? Table::Cell(names.TitleOf(placement.program()), Ink::kHeading)
                                : Table::Cell("unplaced", Ink::kBad),
                      is_placed ? Table::Cell(names.IdOf(placement.program()), Ink::kFaint)
                                : Table::Cell(""),
                      is_placed ? OrdinalOf(placement.choice()) : "-",
                      WithCommas(placement.choices()), {placement.profile(), Ink::kFaint}});
        return true;
      }));
  if (table.empty()) {
    session.out() << (options.unplaced ? "nobody: everybody has a place\n"
                                       : "nobody: the round has no graduates\n");
  } else {
    table.Print(session.streams());
  }
  if (more) session.out() << "... and more: raise --limit, or have all with --csv FILE\n";
  return absl::OkStatus();
}

absl::Status Places(const PlacementOptions& options, Session& session) {
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(const std::string name, RoundNameOf(options.round, connection));
  if (!options.csv.empty()) return SavePlacements(name, options.unplaced, options.csv, session);
  if (!session.json()) return PlacesAsTable(name, options, session);
  return ForEachPlacement(name, options.unplaced, connection,
                          [&](const v1::GraduatePlacement& placement) {
                            session.PrintJson(placement);
                            return true;
                          });
}

absl::Status Certificate(const PlacementOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const std::string name,
                          RoundNameOf(options.round, session.connection()));
  return SaveCertificate(name, options.file, session);
}

absl::Status ShowOperations(const PlacementOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const std::string name,
                          RoundNameOf(options.round, session.connection()));
  return ListOperations(name, absl::StrCat(name, " was never run"), session);
}

absl::Status CancelIt(const PlacementOptions& options, Session& session) {
  return CancelOperation(options.operation, session);
}

// Adds commands that share their options.
class VerbAdder {
 public:
  VerbAdder(CLI::App& placement, Action& chosen)
      : placement_(placement), chosen_(chosen), options_(std::make_shared<PlacementOptions>()) {}

  CLI::App& Add(const char* name, const char* help, Verb verb) {
    CLI::App& command = *placement_.add_subcommand(name, help);
    command.callback([options = options_, verb, &chosen = chosen_] {
      chosen = [options, verb](Session& session) { return verb(*options, session); };
    });
    return command;
  }

  CLI::App& AddOfRound(const char* name, const char* help, Verb verb) {
    CLI::App& command = Add(name, help, verb);
    command
        .add_option("ROUND", options_->round, "rounds/{round}, or the id of its files")
        ->required();
    return command;
  }

  PlacementOptions& options() { return *options_; }

 private:
  CLI::App& placement_;
  Action& chosen_;
  const std::shared_ptr<PlacementOptions> options_;
};

// What the parser cannot tell of `run`. Throws what the parser throws for bad usage.
void CheckUsage(const PlacementRunOptions& options) {
  if (!options.what.empty() && !options.files.empty()) {
    throw CLI::ValidationError("FILE", "is instead of CSV files: give one or the other");
  }
  if (!options.what.empty()) return;
  for (const char* form : {"graduates", "programs"}) {
    if (options.files.count(form) > 0) continue;
    throw CLI::ValidationError(absl::StrCat("--", form),
                               "is missing: give a JSON file, a round, or CSV files of graduates "
                               "and programs");
  }
}

void AddRunOptions(CLI::App& run, PlacementRunOptions& options) {
  run.add_option("FILE", options.what,
                 "A round as JSON, - for standard input; or rounds/{round}, to run it again");
  for (const SheetForm& form : SheetForms()) {
    run.add_option_function<std::string>(
           absl::StrCat("--", form.name),
           [&options, name = form.name](const std::string& path) { options.files[name] = path; },
           absl::StrCat("CSV file: ", form.ColumnNames()))
        ->type_name("FILE");
  }
  const auto add_setting = [&](const std::string& name, const std::string& help) {
    return run.add_option_function<std::string>(
        absl::StrCat("--", name),
        [&options, name](const std::string& value) { options.settings[name] = value; }, help);
  };
  RequireOneOf(MechanismWords(), *add_setting("mechanism", "By what rules"));
  add_setting("seed", "Of the lottery that breaks ties: a whole number, not negative")
      ->type_name("NUMBER");
  RequireOneOf({"wishes", "priorities", "both", "none"},
               *add_setting("derive", "Which lists that are empty are made from match scores"));
  add_setting("length", "Programs on a derived list of a graduate at most (20)")
      ->check(AtLeastOne)
      ->type_name("COUNT");
  run.add_option_function<std::string>(
         "--model",
         [&options](const std::string& model) { options.settings["model"] = ModelNameOf(model); },
         "A scoring model of yours to derive with")
      ->type_name("MODEL");
  add_setting("title", "What people call the round")->type_name("TEXT");
  add_setting("id", "Tells rounds apart: running files of the same id again changes that round "
                    "(the file's name without its ending)")
      ->type_name("ID");
  run.add_option("--certificate", options.certificate, "Write the certificate there")
      ->type_name("FILE");
  run.add_option("--placements", options.placements, "Write where everybody went there, as CSV")
      ->type_name("FILE");
}

void AddRun(CLI::App& placement, Action& chosen) {
  const auto options = std::make_shared<PlacementRunOptions>();
  CLI::App& run = *placement.add_subcommand("run", "Place graduates at programs, from files");
  AddRunOptions(run, *options);
  run.footer(
      "A row that is wrong is told with its file, row, column and fix, and nothing is sent.\n"
      "Running the same files again changes nothing but the run. Ctrl-C cancels it.");
  run.callback([options, &chosen] {
    CheckUsage(*options);
    chosen = [options](Session& session) { return RunPlacement(*options, session); };
  });
}

void AddVerify(VerbAdder& adder) {
  adder
      .AddOfRound("verify", "Check from the start that a round keeps its mechanism's promise",
                  Verify)
      .add_option("--certificate", adder.options().file,
                  "Also write the certificate there, to be checked without the server")
      ->type_name("FILE");
}

void AddExplain(VerbAdder& adder) {
  CLI::App& explain =
      adder.AddOfRound("explain", "Show why a graduate is where it is, and what would change it",
                       Explain);
  explain
      .add_option("GRADUATE", adder.options().graduate,
                  "Its id, or cohorts/{cohort}/graduates/{id}")
      ->required();
  explain.add_flag("--skip-changes", adder.options().skip_changes,
                   "Do not look for what would have placed it: faster");
}

void AddReport(VerbAdder& adder) {
  PlacementOptions& options = adder.options();
  CLI::App& report =
      adder.AddOfRound("report", "Show how a round came out: by choice, city, role, group",
                       Report);
  report.add_flag("--compare", options.compare,
                  "Place by the other mechanisms as well, on the same input");
  report
      .add_option("--cross-role", options.cross_role,
                  "Look for a further role or skill that would have placed so many of the "
                  "unplaced")
      ->check(CLI::Range(1, 200).description(""))
      ->type_name("COUNT");
  options.report.AddTo(report);
}

void AddPublish(VerbAdder& adder) {
  adder
      .AddOfRound("publish", "Offer each placement as a hold on the graduate's days", Publish)
      .add_option("--expires", adder.options().expires,
                  "Until when: 36h, 3d, 2026-12-01 or 2026-12-01T18:00 (7d)")
      ->type_name("WHEN")
      ->check([](const std::string& text) -> std::string {
        if (ParseDeadline(text, absl::UnixEpoch(), absl::UTCTimeZone()).has_value()) return "";
        return "a deadline is written as 36h, 3d, 2026-12-01 or 2026-12-01T18:00";
      });
}

void AddLimit(CLI::App& command, PlacementOptions& options) {
  command.add_option("--limit", options.limit, "How many at most")
      ->check(AtLeastOne)
      ->capture_default_str()
      ->type_name("COUNT");
}

void AddPlaces(VerbAdder& adder) {
  CLI::App& places = adder.AddOfRound("places", "List where everybody went", Places);
  places.add_flag("--unplaced", adder.options().unplaced, "Only who has no place");
  places.add_option("--csv", adder.options().csv, "Write all as CSV there; - for standard output")
      ->type_name("FILE");
  AddLimit(places, adder.options());
}

}  // namespace

void AddPlacementCommand(CLI::App& app, Action& chosen) {
  CLI::App& placement = *app.add_subcommand(
      "placement", "Place an incubator's graduates at programs, explain, verify and publish");
  placement.require_subcommand(1);
  placement.fallthrough();
  AddRun(placement, chosen);
  VerbAdder adder(placement, chosen);
  AddVerify(adder);
  AddExplain(adder);
  AddReport(adder);
  AddPublish(adder);
  AddLimit(adder.Add("list", "List rounds", List), adder.options());
  AddPlaces(adder);
  adder.AddOfRound("certificate", "Write what is needed to check a round", Certificate)
      .add_option("FILE", adder.options().file, "Where it goes")
      ->required();
  adder.AddOfRound("operations", "List what was done to a round, the newest first",
                   ShowOperations);
  adder.Add("cancel", "Ask a run or a publication to stop", CancelIt)
      .add_option("OPERATION", adder.options().operation,
                  "rounds/{round}/operations/{operation}")
      ->required();
}

}  // namespace troupe

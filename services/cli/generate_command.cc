#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/cli/command.h"
#include "services/cli/market_generator.h"
#include "services/cli/option_values.h"
#include "services/cli/record_sender.h"
#include "services/cli/reject_log.h"
#include "services/convert/resource_names.h"

namespace troupe {
namespace {

struct GenerateOptions {
  MarketSize size;
  std::optional<Day> today;
  std::string rejects = "troupe-rejects.jsonl";
};

// What the server named the people, by number.
class PeopleNames {
 public:
  explicit PeopleNames(int64_t profiles) : ids_(static_cast<size_t>(profiles)) {}

  void Keep(int64_t number, const std::string& name) {
    const absl::StatusOr<ProfileId> id = ParseProfileName(name, "name");
    if (id.ok()) ids_[static_cast<size_t>(number)] = *id;
  }

  std::string Of(int64_t number) const {
    const std::optional<ProfileId>& id = ids_[static_cast<size_t>(number)];
    return id.has_value() ? FormatName(*id) : "";
  }

 private:
  std::vector<std::optional<ProfileId>> ids_;
};

std::function<Reject(int64_t)> OriginIn(const MarketSize& size) {
  return [seed = size.seed](int64_t item) -> Reject {
    return {.file = absl::StrCat("generated-", seed), .line = item + 1};
  };
}

absl::Status SendPeople(const MarketSize& size, const MarketGenerator& market,
                        const std::string& request_id, Session& session, PeopleNames& names,
                        RejectLog& rejects, ImportTally& tally) {
  const RecordSource<v1::Profile> people = {
      .next = [&, next = int64_t{0}](v1::Profile& profile) mutable -> absl::StatusOr<bool> {
        if (next == size.profiles) return false;
        profile = market.Profile(next++);
        return true;
      },
      .origin = OriginIn(size),
      .on_answer = [&](int64_t item,
                       const v1::ImportResult& answer) { names.Keep(item, answer.name()); }};
  return SendRecords(session,
                     {.label = "profiles",
                      .request_id = absl::StrCat(request_id, "-profiles"),
                      .total = size.profiles},
                     people, rejects, tally);
}

absl::Status SendProjects(const MarketSize& size, const MarketGenerator& market,
                          const std::string& request_id, Session& session,
                          const PeopleNames& names, RejectLog& rejects, ImportTally& tally) {
  const auto name_of = [&](int64_t number) { return names.Of(number); };
  const RecordSource<v1::Project> projects = {
      .next = [&, next = int64_t{0}](v1::Project& project) mutable -> absl::StatusOr<bool> {
        if (next == size.projects) return false;
        project = market.Project(next++, name_of);
        return true;
      },
      .origin = OriginIn(size),
      .on_answer = nullptr};
  return SendRecords(session,
                     {.label = "projects",
                      .request_id = absl::StrCat(request_id, "-projects"),
                      .total = size.projects},
                     projects, rejects, tally);
}

absl::Status Generate(const GenerateOptions& options, Session& session) {
  MarketSize size = options.size;
  size.today = options.today.value_or(session.Today());
  const MarketGenerator market(size);
  const std::string request_id = RequestIdFor("", session);
  RejectLog rejects(options.rejects, session.streams().err);
  PeopleNames names(size.profiles);
  ImportTally profiles;
  TROUPE_RETURN_IF_ERROR(
      SendPeople(size, market, request_id, session, names, rejects, profiles));
  ImportTally projects;
  TROUPE_RETURN_IF_ERROR(
      SendProjects(size, market, request_id, session, names, rejects, projects));
  if (session.json()) {
    const nlohmann::ordered_json summary = {{"seed", size.seed},
                                            {"today", size.today.ToString()},
                                            {"profiles", profiles.ToJson()},
                                            {"projects", projects.ToJson()},
                                            {"rejects", rejects.count()}};
    session.out() << summary.dump() << "\n";
  } else {
    session.out() << "A generated market, seed " << size.seed << ", as of "
                  << size.today.ToString() << "\n"
                  << "profiles   " << profiles.ToString() << "\n"
                  << "projects   " << projects.ToString() << "\n";
  }
  return CloseRejects(rejects);
}

}  // namespace

void AddGenerateCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<GenerateOptions>();
  CLI::App& command = *app.add_subcommand(
      "generate", "Make up a micro-drama market: the same one for the same seed and day");
  command.add_option("--profiles", options->size.profiles, "How many people")
      ->required()
      ->check(CLI::Range(int64_t{0}, int64_t{100'000'000}))
      ->type_name("COUNT");
  command.add_option("--projects", options->size.projects, "How many projects")
      ->required()
      ->check(CLI::Range(int64_t{0}, int64_t{10'000'000}))
      ->type_name("COUNT");
  command.add_option("--seed", options->size.seed, "Which market")
      ->capture_default_str()
      ->type_name("NUMBER");
  AddDayOption(command, "--today", options->today,
               "The day that its calendars begin at (this machine's today)");
  command.add_option("--rejects", options->rejects, "Where rejects go, as JSON lines")
      ->capture_default_str()
      ->type_name("FILE");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Generate(*options, session); };
  });
}

}  // namespace troupe

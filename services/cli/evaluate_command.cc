#include <algorithm>
#include <atomic>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/synchronization/mutex.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "nlohmann/json.hpp"
#include "services/cli/command.h"
#include "services/cli/crew_queries.h"
#include "services/cli/number_text.h"
#include "services/cli/option_values.h"
#include "services/cli/progress_bar.h"
#include "services/cli/ranking_metrics.h"
#include "services/cli/table.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"
#include "services/rpc/write_identity.h"
#include "troupe/v1/match.pb.h"
#include "troupe/v1/match_service.grpc.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"

namespace troupe {
namespace {

constexpr int32_t kAskedFor = 300;
constexpr int32_t kMostAskedFor = 1'000;
// With fewer in the pool, more are asked for: some ranks are looked at down to 100,
// and people who are attached may be left out after that.
constexpr size_t kFewestRanked = 150;
constexpr char kSource[] = "tmdb";

struct EvaluateOptions {
  std::string queries;
  std::string regime = "cold";
  std::string run;
  int in_flight = 4;
  QuestionOptions question;  // Its weights and model.

  bool warm() const { return regime != "cold"; }
};

// Calls `work(i)` for every i below `count`, in several threads, until one fails.
// Says the first error.
absl::Status InThreads(int threads, size_t count, const std::function<absl::Status(size_t)>& work) {
  std::atomic<size_t> next = 0;
  std::atomic<bool> failed = false;
  absl::Mutex mutex;
  absl::Status first;
  const auto run = [&] {
    while (!failed) {
      const size_t i = next++;
      if (i >= count) return;
      const absl::Status done = work(i);
      if (done.ok()) continue;
      absl::MutexLock lock(&mutex);
      if (!failed.exchange(true)) first = done;
    }
  };
  std::vector<std::thread> running;
  for (int i = 0; i < threads; ++i) running.emplace_back(run);
  for (std::thread& thread : running) thread.join();
  return first;
}

// The people of the files as profiles of the caller's, whose names follow from
// the number that the source gives them. Thread-safe.
class People {
 public:
  explicit People(const Connection& connection) : connection_(connection) {}

  std::string NameOf(int64_t person) const {
    const OrganizationId owner{connection_.organization()};
    return FormatName(
        ProfileId(RecordIdOf(owner, "profile", ExternalId{kSource, absl::StrCat(person)})));
  }

  // The profile of that name; nullopt if there is none.
  absl::StatusOr<std::optional<v1::Profile>> Read(const std::string& name) const {
    v1::GetProfileRequest request;
    request.set_name(name);
    absl::StatusOr<v1::Profile> profile =
        connection_.Ask(&v1::ProfileService::Stub::GetProfile, request);
    if (absl::IsNotFound(profile.status())) return std::nullopt;
    if (!profile.ok()) return profile.status();
    return *std::move(profile);
  }

 private:
  const Connection& connection_;
};

// Whose names the answers have, and who of them is in which pool: from a file, or
// from the profiles, each read once. Thread-safe.
class Pools {
 public:
  Pools(const People& people, const std::optional<CrewPool>& pool) : people_(people), pool_(pool) {
    if (!pool_.has_value()) return;
    for (const auto& [role, ids] : *pool_) {
      for (int64_t id : ids) ids_.emplace(people_.NameOf(id), id);
    }
  }

  // The source's number for the profile, if it is in the pool of the query.
  absl::StatusOr<std::optional<int64_t>> Find(const std::string& name, const CrewQuery& query) {
    if (pool_.has_value()) {
      const auto found = ids_.find(name);
      if (found == ids_.end()) return std::nullopt;
      const auto in_role = pool_->find(query.role);
      if (in_role == pool_->end() || !in_role->second.contains(found->second)) return std::nullopt;
      return found->second;
    }
    const std::string key = absl::StrCat(name, " ", query.role, " ", query.as_of.ToString());
    {
      absl::MutexLock lock(&mutex_);
      if (const auto known = known_.find(key); known != known_.end()) return known->second;
    }
    TROUPE_ASSIGN_OR_RETURN(const std::optional<v1::Profile> profile, people_.Read(name));
    std::optional<int64_t> id;
    int64_t number = 0;
    if (profile.has_value() && profile->external_id().source() == kSource &&
        absl::SimpleAtoi(profile->external_id().id(), &number) &&
        IsInCrewPool(*profile, query.role, query.as_of)) {
      id = number;
    }
    absl::MutexLock lock(&mutex_);
    known_[key] = id;
    return id;
  }

 private:
  const People& people_;
  const std::optional<CrewPool>& pool_;
  absl::flat_hash_map<std::string, int64_t> ids_;
  absl::Mutex mutex_;
  absl::flat_hash_map<std::string, std::optional<int64_t>> known_ ABSL_GUARDED_BY(mutex_);
};

// One run of the command.
class Evaluation {
 public:
  Evaluation(const EvaluateOptions& options, Session& session)
      : options_(options), session_(session), connection_(session.connection()),
        people_(connection_) {}

  absl::Status Run() {
    if (connection_.organization().empty()) {
      return InvalidField("--organization", "is not set",
                          "say for whom the people were imported, as the certificate does");
    }
    TROUPE_ASSIGN_OR_RETURN(queries_, ReadCrewQueries(options_.queries));
    TROUPE_ASSIGN_OR_RETURN(pool_, ReadCrewPool(options_.queries, queries_));
    if (options_.warm()) TROUPE_RETURN_IF_ERROR(FindAttached());
    TROUPE_RETURN_IF_ERROR(AskAll());
    if (!options_.run.empty()) TROUPE_RETURN_IF_ERROR(WriteRun());
    Report();
    return absl::OkStatus();
  }

 private:
  ProgressBar Bar(const std::string& label, size_t total) const {
    auto style = ProgressBar::Style::kSilent;
    if (session_.verbose()) style = ProgressBar::Style::kLines;
    if (session_.streams().err_is_terminal) style = ProgressBar::Style::kBar;
    return ProgressBar(session_.streams().err, style, session_.host().clock, label,
                       static_cast<int64_t>(total));
  }

  // Who of the attached people is there; the others cannot be named.
  absl::Status FindAttached() {
    std::set<int64_t> distinct;
    for (const CrewQuery& query : queries_) {
      for (const auto& [role, people] : query.attached) {
        distinct.insert(people.begin(), people.end());
      }
    }
    const std::vector<int64_t> people(distinct.begin(), distinct.end());
    absl::Mutex mutex;
    return InThreads(options_.in_flight, people.size(), [&](size_t i) -> absl::Status {
      const std::string name = people_.NameOf(people[i]);
      TROUPE_ASSIGN_OR_RETURN(const auto profile, people_.Read(name));
      if (!profile.has_value()) return absl::OkStatus();
      absl::MutexLock lock(&mutex);
      names_[people[i]] = name;
      return absl::OkStatus();
    });
  }

  v1::FindProfilesRequest RequestOf(const CrewQuery& query) const {
    v1::FindProfilesRequest request;
    *request.mutable_ad_hoc()->mutable_project() = query.project;
    request.mutable_ad_hoc()->mutable_opening()->set_role(TaxonomyRole(query.role));
    request.set_page_size(kAskedFor);
    *request.mutable_as_of() = ToWire(query.as_of);
    request.set_model(options_.question.ModelName());
    options_.question.FillWeights(*request.mutable_weights());
    request.set_detail(v1::MATCH_DETAIL_SCORE);
    if (!options_.warm()) return request;
    request.set_include_attached(true);
    std::map<int64_t, v1::Attached> attached;
    for (const auto& [role, people] : query.attached) {
      for (int64_t person : people) {
        const auto name = names_.find(person);
        if (name == names_.end()) continue;
        attached[person].set_profile(name->second);
        attached[person].add_roles(TaxonomyRole(role));
      }
    }
    for (const auto& [person, entry] : attached) *request.add_attached() = entry;
    return request;
  }

  absl::StatusOr<std::vector<int64_t>> Ask(const CrewQuery& query, Pools& pools) const {
    v1::FindProfilesRequest request = RequestOf(query);
    while (true) {
      TROUPE_ASSIGN_OR_RETURN(const v1::FindProfilesResponse response,
                              connection_.Ask(&v1::MatchService::Stub::FindProfiles, request));
      std::vector<int64_t> ranked;
      for (const v1::Match& match : response.matches()) {
        TROUPE_ASSIGN_OR_RETURN(const auto id, pools.Find(match.profile(), query));
        if (id.has_value()) ranked.push_back(*id);
      }
      const bool are_all = response.matches_size() < request.page_size();
      if (are_all || ranked.size() >= kFewestRanked || request.page_size() == kMostAskedFor) {
        return ranked;
      }
      request.set_page_size(kMostAskedFor);
    }
  }

  absl::Status AskAll() {
    Pools pools(people_, pool_);
    ranked_.resize(queries_.size());
    took_.resize(queries_.size());
    ProgressBar bar = Bar("queries", queries_.size());
    absl::Mutex mutex;
    int64_t done = 0;
    const absl::Status asked =
        InThreads(options_.in_flight, queries_.size(), [&](size_t i) -> absl::Status {
          const absl::Time began = session_.host().clock.Now();
          TROUPE_ASSIGN_OR_RETURN(ranked_[i], Ask(queries_[i], pools));
          took_[i] = session_.host().clock.Now() - began;
          absl::MutexLock lock(&mutex);
          bar.Reach(++done);
          return absl::OkStatus();
        });
    bar.Finish();
    return asked;
  }

  absl::Status WriteRun() const {
    std::ofstream out(options_.run);
    for (size_t i = 0; i < queries_.size(); ++i) {
      out << nlohmann::ordered_json{{"qid", queries_[i].id}, {"ranked", ranked_[i]}}.dump() << "\n";
    }
    out.close();
    if (out) return absl::OkStatus();
    return InvalidField("--run", "cannot be written", "name a file in a folder that you may write");
  }

  RoleMeans Means() const {
    const bool only_new = options_.regime == "warm-new";
    RoleMeans means;
    for (size_t i = 0; i < queries_.size(); ++i) {
      const CrewQuery& query = queries_[i];
      const auto counts = [&](int64_t person) { return !only_new || !query.IsAttached(person); };
      std::vector<int64_t> truth = query.truth;
      std::erase_if(truth, [&](int64_t person) { return !counts(person); });
      if (truth.empty()) continue;
      means.Add(query.role, MetricsOf(RanksIn(ranked_[i], truth, counts), truth.size()));
    }
    return means;
  }

  // How long `share` of all questions took at most, in milliseconds.
  double Milliseconds(double share) const {
    std::vector<absl::Duration> sorted = took_;
    std::sort(sorted.begin(), sorted.end());
    const auto at = static_cast<size_t>(share * static_cast<double>(sorted.size() - 1));
    return sorted.empty() ? 0 : absl::ToDoubleMilliseconds(sorted[at]);
  }

  void Report() const {
    const auto shown = [](double value) { return absl::StrFormat("%.4f", value); };
    Table table({{.title = "role"},
                 {.title = "queries", .right = true},
                 {.title = "MRR", .right = true},
                 {.title = "R@10", .right = true},
                 {.title = "R@50", .right = true},
                 {.title = "R@100", .right = true},
                 {.title = "NDCG@10", .right = true}});
    for (const RoleMeans::Row& row : Means().Rows()) {
      if (session_.json()) {
        session_.out() << nlohmann::ordered_json{{"role", row.role},
                                                 {"queries", row.queries},
                                                 {"mrr", row.mean.mrr},
                                                 {"recall_at_10", row.mean.recall_at_10},
                                                 {"recall_at_50", row.mean.recall_at_50},
                                                 {"recall_at_100", row.mean.recall_at_100},
                                                 {"ndcg_at_10", row.mean.ndcg_at_10}}
                              .dump()
                       << "\n";
      }
      table.AddRow({row.role, WithCommas(row.queries), shown(row.mean.mrr),
                    shown(row.mean.recall_at_10), shown(row.mean.recall_at_50),
                    shown(row.mean.recall_at_100), shown(row.mean.ndcg_at_10)});
    }
    if (session_.json()) {
      session_.out() << nlohmann::ordered_json{{"questions", took_.size()},
                                               {"median_ms", Milliseconds(0.5)},
                                               {"p99_ms", Milliseconds(0.99)}}
                            .dump()
                     << "\n";
      return;
    }
    table.Print(session_.streams());
    session_.out() << absl::StrFormat("answered in %.1f ms, 99 of 100 in %.1f ms\n",
                                      Milliseconds(0.5), Milliseconds(0.99));
  }

  const EvaluateOptions& options_;
  Session& session_;
  const Connection& connection_;
  const People people_;
  std::vector<CrewQuery> queries_;
  std::optional<CrewPool> pool_;
  std::map<int64_t, std::string> names_;  // Of the attached people who are there.
  std::vector<std::vector<int64_t>> ranked_;
  std::vector<absl::Duration> took_;  // By query, to be answered.
};

}  // namespace

void AddEvaluateCommand(CLI::App& app, Action& chosen) {
  auto options = std::make_shared<EvaluateOptions>();
  CLI::App& command = *app.add_subcommand(
      "evaluate", "Ask who was hired for films of a file, and measure how well that is answered");
  command
      .add_option("QUERIES", options->queries,
                  "A JSON object a line: qid, role, as_of, what is known of the film, attached, "
                  "truth; may be compressed. People are found by the number that the import of "
                  "format tmdb gave them. pool_<split>.json beside it says who could be hired")
      ->required()
      ->type_name("FILE");
  RequireOneOf({"cold", "warm", "warm-new"},
               *command
                    .add_option("--regime", options->regime,
                                "Whether attached people are known; warm-new measures the others "
                                "only")
                    ->capture_default_str());
  options->question.AddWeights(command);
  command.add_option("--run", options->run, "Write who was ranked, an object a line")
      ->type_name("FILE");
  command.add_option("--in-flight", options->in_flight, "So many questions at a time")
      ->check(CLI::Range(1, 64))
      ->capture_default_str()
      ->type_name("N");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Evaluation(*options, session).Run(); };
  });
}

}  // namespace troupe

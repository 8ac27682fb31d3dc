#include "matcher/staffing/plan_training.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "matcher/base/status_macros.h"
#include "matcher/staffing/cut_pool.h"
#include "matcher/staffing/enrolment.h"
#include "matcher/staffing/training_sample.h"

namespace troupe::staffing {
namespace {

// An ascent spends the budget in so many steps, each on at least so many options:
// slopes hold near where they were taken.
constexpr int64_t kSteps = 24;
constexpr int64_t kOptionsOfStep = 6;
// Below it a step does not do what slopes said of it.
constexpr double kLeastOfPromise = 0.6;
// A few draws show where most is to be gained, at a fraction of the work.
constexpr uint32_t kPilotDraws = 4;
constexpr int kBoundRounds = 200;
// Where cuts let most be gained is looked at so often, each time with one cut more.
constexpr int kMostLooks = 24;
constexpr int kRoundsOfLook = 60;
constexpr double kNearEnough = 0.002;  // Of what is gained.
constexpr int64_t kProofSteps = 200'000;
constexpr int kMostProofRounds = 400;
// With more there are too many choices to go through, whatever cuts say.
constexpr size_t kMostOptionsToProve = 40;

class Search {
 public:
  // `work_before`: of a search before it.
  Search(const TrainingProblem& problem, const PlanOptions& options, uint32_t draws,
         int64_t work_before, Executor* executor, const StopToken& stop)
      : problem_(problem),
        options_(options),
        work_before_(work_before),
        stop_(stop),
        sample_(problem, options.seed, 0, draws, executor),
        cuts_(problem),
        best_(problem, problem.budget) {}

  // Looks at nobody trained, and at `start`. False if it was stopped before.
  bool Begin(const Trainees& start) {
    if (!Evaluate(best_)) return false;
    Keep(best_);
    worth_untrained_ = worth_;
    Enrolment enrolment(problem_, problem_.budget);
    for (uint32_t i = 0; i < start.size(); ++i) enrolment.Add(i, start[i]);
    if (Evaluate(enrolment) && evaluation_.worth > worth_) Keep(enrolment);
    return true;
  }

  void Improve(int64_t work_limit) {
    // Half of the work is for the ascent, so that exchanges have some.
    Ascend(work_limit / 2);
    Exchange(work_limit);
    if (LookWhereCutsAllowMost(work_limit)) Exchange(work_limit);
    LetGoWhoFillsNothing(work_limit);
  }

  PlannedTraining Conclude(bool is_cut_short) {
    is_stopped_ = is_stopped_ || is_cut_short;
    PlannedTraining plan = {.draws = sample_.draws(), .worth_untrained = worth_untrained_};
    const bool is_proven = Prove();
    plan.trainees = best_.trainees();
    plan.cost = CostOf(problem_, plan.trainees);
    plan.worth = worth_;
    plan.bound = is_proven ? worth_ : std::max(worth_, cuts_.Relax(kBoundRounds, worth_).bound);
    plan.is_proven = plan.bound == plan.worth;
    plan.worth_with_further = options_.further_yuan > 0 ? WorthWithFurther() : worth_;
    plan.is_stopped = is_stopped_;
    plan.work = sample_.weeks_solved();
    return plan;
  }

  const Trainees& trainees() const { return best_.trainees(); }
  int64_t work() const { return sample_.weeks_solved(); }

 private:
  bool MayWork(int64_t limit) const {
    return !is_stopped_ && sample_.weeks_solved() + sample_.WeeksOfEvaluation() <= limit;
  }

  // Into evaluation_, with a cut. False if it was stopped.
  bool Evaluate(const Enrolment& enrolment) {
    evaluation_ = sample_.Evaluate(enrolment.trainees(), true, stop_);
    Report();
    is_stopped_ = is_stopped_ || evaluation_.is_stopped;
    if (is_stopped_) return false;
    cuts_.Add(enrolment.trainees(), evaluation_.worth, evaluation_.slopes);
    return true;
  }

  void Report() const {
    if (options_.on_work) options_.on_work(work_before_ + sample_.weeks_solved());
  }

  void Keep(const Enrolment& enrolment) {
    best_ = enrolment;
    worth_ = evaluation_.worth;
    slopes_ = evaluation_.slopes;
    promising_ = Promising();
  }

  int64_t YuanOf(uint32_t option) const {
    return problem_.courses[problem_.options[option].course].cost;
  }
  double RateOf(uint32_t option) const {
    return static_cast<double>(slopes_[option]) / static_cast<double>(YuanOf(option));
  }

  // Options that promise something, the best for the money first.
  std::vector<uint32_t> Promising() const {
    std::vector<uint32_t> order;
    for (uint32_t option = 0; option < slopes_.size(); ++option) {
      if (slopes_[option] > 0) order.push_back(option);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](uint32_t a, uint32_t b) { return RateOf(a) > RateOf(b); });
    return order;
  }

  // Adds what promises most for `yuan`, no option more than `yuan_of_option` pays for but
  // one person. Returns what slopes promise of it.
  int64_t Fill(const std::vector<uint32_t>& order, int64_t yuan, int64_t yuan_of_option,
               uint32_t except, Enrolment& enrolment) const {
    int64_t promised = 0;
    for (uint32_t option : order) {
      const int64_t cost = YuanOf(option);
      if (option == except || cost > yuan) continue;
      const int64_t most = std::max<int64_t>(1, yuan_of_option / cost);
      const int64_t people = std::min({enrolment.MostMore(option), most, yuan / cost});
      if (people <= 0) continue;
      enrolment.Add(option, people);
      yuan -= people * cost;
      promised += people * slopes_[option];
    }
    return promised;
  }

  // Steps along slopes until the budget is spent or nothing promises anything. A step
  // that keeps less than promised is taken back and halved, down to one person.
  void Ascend(int64_t work_limit) {
    int64_t step = std::max<int64_t>(1, best_.money() / kSteps);
    std::vector<uint32_t> spent;  // Single people who turned out to add nothing.
    while (MayWork(work_limit)) {
      std::vector<uint32_t> order = promising_;
      std::erase_if(order, [&](uint32_t option) {
        return best_.MostMore(option) == 0 ||
               std::find(spent.begin(), spent.end(), option) != spent.end();
      });
      if (order.empty()) break;
      Enrolment next = best_;
      const bool is_single = step < 2 * YuanOf(order[0]);
      const int64_t yuan = is_single ? YuanOf(order[0]) : step;
      const int64_t promised = Fill(order, yuan, yuan / kOptionsOfStep, kNoOption, next);
      if (!Evaluate(next)) break;
      const int64_t gained = evaluation_.worth - worth_;
      const bool keeps = static_cast<double>(gained) >=
                         kLeastOfPromise * static_cast<double>(promised);
      if (keeps || (is_single && gained > 0)) {
        Keep(next);
        spent.clear();
      } else if (is_single) {
        spent.push_back(order[0]);
      } else {
        step /= 2;
      }
    }
  }

  // Lets some of who is trained go, those first who promise to be missed least, and
  // spends the money otherwise, as long as that is better.
  void Exchange(int64_t work_limit) {
    bool has_improved = true;
    while (has_improved) {
      has_improved = false;
      std::vector<uint32_t> used;
      for (uint32_t option = 0; option < slopes_.size(); ++option) {
        if (best_.trainees()[option] > 0) used.push_back(option);
      }
      std::stable_sort(used.begin(), used.end(),
                       [&](uint32_t a, uint32_t b) { return RateOf(a) < RateOf(b); });
      for (uint32_t option : used) {
        for (int64_t people = best_.trainees()[option]; people > 0; people /= 2) {
          if (!MayWork(work_limit)) return;
          if (TryWithout(option, people)) {
            has_improved = true;
            break;
          }
        }
        if (has_improved) break;  // Slopes are new.
      }
    }
  }

  // Evaluates what is near the best that cuts leave open, which makes them leave less, until
  // that is near what was reached. True if it was better.
  bool LookWhereCutsAllowMost(int64_t work_limit) {
    bool has_improved = false;
    for (int look = 0; look < kMostLooks && MayWork(work_limit); ++look) {
      const CutPool::Relaxation relaxed = cuts_.Relax(kRoundsOfLook, worth_);
      const auto gained = static_cast<double>(worth_ - worth_untrained_);
      if (static_cast<double>(relaxed.bound - worth_) <= kNearEnough * gained) break;
      const Enrolment next = Whole(relaxed.trainees);
      if (!Evaluate(next)) break;
      if (evaluation_.worth <= worth_) continue;
      Keep(next);
      has_improved = true;
    }
    return has_improved;
  }

  // Whole people near `trainees`: those who are more than half there first.
  Enrolment Whole(const std::vector<double>& trainees) const {
    Enrolment whole(problem_, problem_.budget);
    std::vector<uint32_t> order;
    for (uint32_t option = 0; option < trainees.size(); ++option) {
      if (trainees[option] > 0) order.push_back(option);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](uint32_t a, uint32_t b) { return trainees[a] > trainees[b]; });
    for (uint32_t option : order) {
      const auto people = static_cast<int64_t>(trainees[option] + 0.5);
      whole.Add(option, std::min(people, whole.MostMore(option)));
    }
    for (uint32_t option : order) whole.Add(option, std::min<int64_t>(1, whole.MostMore(option)));
    return whole;
  }

  // Of equal worth the cheapest. Slopes say who surely fills something.
  void LetGoWhoFillsNothing(int64_t work_limit) {
    for (uint32_t option = 0; option < slopes_.size(); ++option) {
      int64_t people = best_.trainees()[option];
      while (people > 0 && slopes_[option] <= 0 && MayWork(work_limit)) {
        Enrolment next = best_;
        next.Add(option, -people);
        if (!Evaluate(next)) return;
        const bool is_missed = evaluation_.worth < worth_;
        if (!is_missed) Keep(next);
        people = std::min(is_missed ? people / 2 : people, best_.trainees()[option]);
      }
    }
  }

  bool TryWithout(uint32_t option, int64_t people) {
    Enrolment next = best_;
    next.Add(option, -people);
    const int64_t promised =
        Fill(promising_, next.money(), next.money(), option, next) - people * slopes_[option];
    if (promised <= 0 || next.trainees() == best_.trainees()) return false;
    // Most tries are for nothing, and slopes are half of the work.
    evaluation_ = sample_.Evaluate(next.trainees(), false, stop_);
    Report();
    is_stopped_ = is_stopped_ || evaluation_.is_stopped;
    if (is_stopped_ || evaluation_.worth <= worth_ || !Evaluate(next)) return false;
    Keep(next);
    return true;
  }

  // Looks at what cuts leave until they leave nothing better: then the best is proven.
  bool Prove() {
    if (!options_.may_prove || problem_.options.size() > kMostOptionsToProve) return false;
    for (int round = 0; round < kMostProofRounds; ++round) {
      std::optional<CutPool::Candidate> next = cuts_.MostPromising(worth_, kProofSteps);
      if (!next.has_value()) return false;
      if (next->trainees.empty()) return true;
      if (!MayWork(sample_.weeks_solved() + options_.work_limit)) return false;
      Enrolment enrolment(problem_, problem_.budget);
      for (uint32_t i = 0; i < next->trainees.size(); ++i) enrolment.Add(i, next->trainees[i]);
      if (!Evaluate(enrolment)) return false;
      if (evaluation_.worth > worth_) Keep(enrolment);
    }
    return false;
  }

  // Goes on from the plan with more money; not within the limit of the work, but little.
  int64_t WorthWithFurther() {
    const int64_t worth = worth_;
    Enrolment more(problem_, problem_.budget + options_.further_yuan);
    for (uint32_t i = 0; i < best_.trainees().size(); ++i) more.Add(i, best_.trainees()[i]);
    best_ = more;
    Ascend(sample_.weeks_solved() + 8 * sample_.WeeksOfEvaluation());
    return std::max(worth, worth_);
  }

  static constexpr uint32_t kNoOption = ~uint32_t{0};

  const TrainingProblem& problem_;
  const PlanOptions& options_;
  const int64_t work_before_;
  const StopToken& stop_;
  TrainingSample sample_;
  CutPool cuts_;
  Enrolment best_;
  int64_t worth_ = 0;
  int64_t worth_untrained_ = 0;
  std::vector<int64_t> slopes_;
  std::vector<uint32_t> promising_;
  TrainingSample::Evaluation evaluation_;
  bool is_stopped_ = false;
};

}  // namespace

absl::StatusOr<PlannedTraining> PlanTraining(const TrainingProblem& problem,
                                          const PlanOptions& options, Executor* executor,
                                          const StopToken& stop) {
  TROUPE_RETURN_IF_ERROR(ValidateTraining(problem));
  TROUPE_RETURN_IF_ERROR(ValidateDraws(problem.market, options.draws, "draws"));
  const absl::Status stopped = absl::CancelledError("the training plan was stopped");
  std::optional<Search> pilot;
  if (options.draws > 2 * kPilotDraws) {
    pilot.emplace(problem, options, kPilotDraws, 0, executor, stop);
    if (!pilot->Begin(Trainees(problem.options.size()))) return stopped;
    pilot->Improve(options.work_limit / 2);
  }
  const int64_t work = pilot ? pilot->work() : 0;
  Search search(problem, options, options.draws, work, executor, stop);
  if (!search.Begin(pilot ? pilot->trainees() : Trainees(problem.options.size()))) {
    return pilot ? pilot->Conclude(/*is_cut_short=*/true) : absl::StatusOr<PlannedTraining>(stopped);
  }
  search.Improve(options.work_limit - work);
  PlannedTraining plan = search.Conclude(/*is_cut_short=*/false);
  plan.work += work;
  return plan;
}

}  // namespace troupe::staffing

#include "services/cli/staffing/plan_figures.h"

#include <cstddef>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "matcher/base/status_macros.h"
#include "services/cli/number_text.h"
#include "services/cli/staffing/gap_tables.h"
#include "services/cli/staffing/plan_words.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/profile_service.grpc.pb.h"

namespace troupe {
namespace {

constexpr size_t kBatch = 1'000;

// `part` more than `whole`, in a hundred.
std::string MoreText(int64_t part, int64_t whole) {
  return absl::StrFormat("%.1f %%",
                         100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

absl::Status AddNames(const std::vector<std::string>& profiles, const Connection& connection,
                      std::map<std::string, std::string>& people) {
  v1::BatchGetProfilesRequest request;
  for (const std::string& profile : profiles) request.add_names(profile);
  const absl::StatusOr<v1::BatchGetProfilesResponse> response = connection.Ask(
      &v1::ProfileService::Stub::BatchGetProfiles, request);
  if (response.ok()) {
    for (const v1::Profile& profile : response->profiles()) {
      people[profile.name()] = profile.display_name();
    }
    return absl::OkStatus();
  }
  if (!absl::IsNotFound(response.status())) return response.status();
  if (profiles.size() == 1) return absl::OkStatus();
  const auto middle = profiles.begin() + static_cast<std::ptrdiff_t>(profiles.size() / 2);
  TROUPE_RETURN_IF_ERROR(AddNames({profiles.begin(), middle}, connection, people));
  return AddNames({middle, profiles.end()}, connection, people);
}

}  // namespace

absl::StatusOr<PlanFigures> PlanFigures::Load(v1::TrainingPlan plan, const Connection& connection) {
  PlanFigures figures = {.plan = std::move(plan), .people = {}};
  std::set<std::string> profiles;
  for (const v1::CourseGroup& group : figures.plan.result().courses()) {
    profiles.insert(group.profiles().begin(), group.profiles().end());
  }
  std::vector<std::string> batch;
  for (const std::string& profile : profiles) {
    batch.push_back(profile);
    if (batch.size() < kBatch && profile != *profiles.rbegin()) continue;
    TROUPE_RETURN_IF_ERROR(AddNames(batch, connection, figures.people));
    batch.clear();
  }
  return figures;
}

const std::string& PlanFigures::NameOf(const std::string& profile) const {
  const auto at = people.find(profile);
  return at == people.end() || at->second.empty() ? profile : at->second;
}

const v1::Course& PlanFigures::CourseOf(const std::string& id) const {
  for (const v1::Course& course : plan.courses()) {
    if (course.id() == id) return course;
  }
  return v1::Course::default_instance();
}

Phrase TitleOf(const v1::Course& course) {
  return course.title().empty() ? RolePhrase(course.role()) : Phrase{course.title(), ""};
}

Phrase SummaryOf(const PlanFigures& figures) {
  const v1::TrainingResult& result = figures.plan.result();
  if (result.trainees() == 0) return EmptyPhrase(result);
  const std::string courses = WithCommas(result.courses_size());
  const std::string offered = WithCommas(figures.plan.courses_size());
  const std::string cost = WithCommas(result.cost_yuan());
  const std::string budget = WithCommas(figures.plan.budget_yuan());
  return {absl::StrCat(Counted(result.trainees(), "trainee"), " in ", courses, " of ", offered,
                       " courses, for ", cost, " of ", budget,
                       " yuan: chosen so that the most work that shoots need is filled."),
          absl::StrCat("从 ", offered, " 门课程中选出 ", courses, " 门，培训 ",
                       WithCommas(result.trainees()), " 人，费用 ", cost, " 元（预算 ", budget,
                       " 元），使剧组需要的工作尽可能多地得到满足。")};
}

std::vector<ReportFact> FactsOf(const PlanFigures& figures) {
  const v1::TrainingResult& result = figures.plan.result();
  const v1::DrawnMillidays& gained = result.comparison().plan_gained();
  const std::string budget_share = ShareText(result.cost_yuan(), figures.plan.budget_yuan());
  const int64_t beyond = result.gained_at_most_millidays() - result.gained_millidays();
  std::vector<ReportFact> facts = {
      {{"trainees", "培训人数"},
       {WithCommas(result.trainees()), ""},
       {absl::StrCat("of ", WithCommas(result.candidates()), " who may"),
        absl::StrCat("可培训 ", WithCommas(result.candidates()), " 人")}},
      {{"spent, yuan", "费用（元）"},
       {WithCommas(result.cost_yuan()), ""},
       budget_share.empty() ? Phrase()
                            : Phrase{absl::StrCat(budget_share, " of the budget"),
                                     absl::StrCat("占预算 ", budget_share)}}};
  if (result.trainees() == 0) return facts;
  facts.push_back({{"gained, role-days", "增加（工日）"},
                   {RoleDays(gained.mean()), ""},
                   {absl::StrCat("95 %: ", IntervalText(gained)), ""}});
  if (result.cost_yuan() > 0) {
    facts.push_back({{"gained per 10,000 yuan", "每万元增加"},
                     {GainForMoney(gained.mean(), result.cost_yuan()), ""},
                     {absl::StrCat("95 %: ", GainForMoney(gained.low(), result.cost_yuan()), " – ",
                                   GainForMoney(gained.high(), result.cost_yuan())),
                      ""}});
  }
  if (result.proven()) {
    facts.push_back({{"better exists", "更优余地"},
                     {"none", "无"},
                     {"proven on its draws", "已在其样本上证明"}});
  } else if (result.gained_millidays() > 0) {
    facts.push_back({{"better exists by at most", "更优余地至多"},
                     {MoreText(beyond, result.gained_millidays()), ""},
                     {"on its draws", "就其样本而言"}});
  }
  if (result.further_yuan() > 0) {
    const std::string yuan = WithCommas(result.further_yuan());
    facts.push_back({{absl::StrCat(yuan, " yuan more buy"), absl::StrCat("再加 ", yuan, " 元可增")},
                     {RoleDays(result.further_gained_millidays()), ""},
                     {"role-days", "工日"}});
  }
  return facts;
}

std::vector<Phrase> RemarksOn(const PlanFigures& figures) {
  const v1::TrainingResult& result = figures.plan.result();
  std::vector<Phrase> remarks = {
      {"A role-day is a day of one person in one role, counted by productivity. In each draw of "
       "demand everybody's time is used as well as possible, with training and without.",
       "工日：一人在一个工种工作一天，按熟练度折算。"
       "每次抽样中，有无培训都按所有人时间的最优分配计算。"},
      {"People of other organizations are never named. Where one to four of them may take a "
       "course, they are left out of it.",
       "其他机构的人员一律不具名；某课程只有其中 1 至 4 人可参加时，不予安排。"}};
  if (result.untold_courses() > 0) {
    const std::string courses = WithCommas(result.untold_courses());
    remarks.push_back(
        {absl::StrCat("In ", Counted(result.untold_courses(), "course"),
                      " one to four of them are trained: their work is counted in what is gained, "
                      "but neither they nor what they cost."),
         absl::StrCat(courses, " 门课程中有其他机构的 1 至 4 人：其工日计入增加，"
                               "人数与费用不计。")});
  }
  if (result.undated_openings() > 0) {
    const std::string number = WithCommas(result.undated_openings());
    remarks.push_back({absl::StrCat("Open openings without dates ask for no days: ", number, "."),
                       absl::StrCat("没有日期的岗位不计需求：", number, " 个。")});
  }
  if (result.left_out_millidays() > 0) {
    const std::string days = RoleDays(result.left_out_millidays());
    remarks.push_back({absl::StrCat("Left out, as not all roles and cities fit: ", days,
                                    " role-days."),
                       absl::StrCat("工种和城市过多，未列入 ", days, " 工日。")});
  }
  return remarks;
}

std::string GainForMoney(int64_t millidays, int64_t yuan) {
  return RoleDays(millidays * 10'000 / yuan);
}

}  // namespace troupe

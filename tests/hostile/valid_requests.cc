#include "tests/hostile/valid_requests.h"

#include <cstdlib>
#include <iostream>
#include <map>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "absl/strings/str_replace.h"
#include "google/protobuf/text_format.h"
#include "tests/services/convert/wire_samples.h"

namespace troupe::testing {
namespace {

using google::protobuf::Message;

constexpr char kAdHoc[] = R"pb(
  ad_hoc {
    project { title: "A title" place: "xian" tags { id: "tag" name: "Tag" } }
    opening {
      role: "director" headcount: 1 languages: "zh" credentials: "drone-licence" place: "xian"
      skills { skill: "riding" level: 4 required: true }
      pay_ceiling { currency_code: "CNY" units: 900 nanos: 1 }
    }
  }
)pb";

constexpr char kAdHocWithDates[] = R"pb(
  ad_hoc {
    opening {
      role: "director"
      blocks {
        dates { start { year: 2026 month: 1 day: 1 } limit { year: 2026 month: 1 day: 9 } }
        rule: RULE_ANY_DAYS days: 3
      }
      blocks_needed: 1
    }
  }
)pb";

constexpr char kQuestion[] = R"pb(
  weights { key: "skills" value: 1000000 }
  as_of { year: 2026 month: 1 day: 1 }
)pb";

constexpr char kTerms[] =
    "terms { day_rate { currency_code: 'CNY' units: 900 nanos: 1 } conditions: 'meals' } ";
constexpr char kChoice[] = "seat: 1 work_dates { year: 2026 month: 12 day: 1 } ";
// A few days from now; the server refuses it where they are past, as any client's.
constexpr char kHold[] =
    "terms { day_rate { currency_code: 'CNY' units: 900 nanos: 1 } conditions: 'meals' } "
    "expire_time { seconds: 4000000000 nanos: 1 } "
    "window { rule: RULE_ANY_DAYS days: 2 dates { start { year: 2026 month: 12 day: 1 } "
    "limit { year: 2026 month: 12 day: 9 } } } ";

constexpr char kListing[] = R"pb(
  page_size: 10 page_token: "x" organization: "organizations/operator" role: "director"
  place: "xian" updated_since { seconds: 1700000000 nanos: 1 } order_by: "name"
)pb";

constexpr char kModel[] = R"pb(
  model {
    roles {
      role: "director"
      cold { weights { key: "skills" value: 1000000 } }
      warm { weights { key: "genres" value: 1000000 } }
    }
  }
)pb";

constexpr char kProfileMask[] =
    "update_mask { paths: ['display_name', 'contact', 'contact_consents', 'findability', "
    "'blocked_organizations', 'agency', 'home_place', 'travel', 'roles', 'languages', 'genres', "
    "'styles', 'skills', 'credentials', 'credits', 'calendar', 'casting', 'wishes', 'rating', 'time_zone', "
    "'pre_acceptances', 'calendar_rules'] } ";
constexpr char kProjectMask[] =
    "update_mask { paths: ['title', 'findability', 'blocked_organizations', 'blocked_profiles', "
    "'genres', 'tags', 'companies', 'styles', 'countries', 'original_language', 'budget', "
    "'currency_code', 'place', 'dates', 'release_date', 'attached', 'openings'] } ";

// As text, every field set that a client may set; of an update, without the
// external id, which cannot change.
std::string ProfileText(const std::string& external_id) {
  v1::Profile profile = EveryFieldOfProfile();
  for (const char* given : {"name", "etag", "organization", "create_time", "update_time",
                            "hold_counts"}) {
    profile.GetReflection()->ClearField(&profile,
                                        profile.GetDescriptor()->FindFieldByName(given));
  }
  profile.mutable_external_id()->set_id(external_id);
  if (external_id.empty()) profile.clear_external_id();
  profile.mutable_roles(0)->set_grow_into(false);
  profile.mutable_credits(0)->set_role("actor");
  return profile.ShortDebugString();
}

std::string ProjectText(const KnownRecords& known, const std::string& external_id) {
  v1::Project project = EveryFieldOfProject();
  for (const char* given : {"name", "etag", "organization", "create_time", "update_time"}) {
    project.GetReflection()->ClearField(&project,
                                        project.GetDescriptor()->FindFieldByName(given));
  }
  project.mutable_external_id()->set_id(external_id);
  if (external_id.empty()) project.clear_external_id();
  project.mutable_attached(0)->set_profile(known.profile);
  v1::Opening& opening = *project.mutable_openings(0);
  opening.mutable_attached(0)->set_profile(known.profile);
  for (v1::Opening& any : *project.mutable_openings()) {
    any.clear_name();
    any.clear_filled();
    any.clear_seats();
  }
  return project.ShortDebugString();
}

constexpr char kPlainListing[] =
    "page_size: 10 page_token: 'x' updated_since { seconds: 1700000000 nanos: 1 } "
    "order_by: 'name'";
constexpr char kSomeEtag[] = "etag: '0000000000000001' ";
constexpr char kSomeOperation[] = "name: 'rounds/00000000000000ff/operations/1' ";
constexpr char kCreated[] = "external_id { source: 'hostile' id: 'create' } ";
constexpr char kImported[] = "external_id { source: 'hostile' id: 'import' } ";

std::string CohortText(const KnownRecords& known, const std::string& external_id) {
  return absl::StrCat(external_id, "title: 'Spring' graduates { id: 'a' profile: '", known.profile,
                      "' groups: 'local' wishes { programs: 'programs/00000000000000ff' } } ");
}

std::string ProgramText(const KnownRecords& known, const std::string& external_id) {
  return absl::StrCat(external_id,
                      "title: 'Lights' capacity: 2 studio: 's' region: 'east' place: 'xian' "
                      "priorities { graduates: '",
                      known.profile, "' } ");
}

std::string RoundText(const KnownRecords& known, const std::string& external_id) {
  return absl::StrCat(
      external_id, "title: 'Spring' cohorts: 'cohorts/00000000000000ff' programs: '",
      "programs/00000000000000ff' mechanism: MECHANISM_LINKED_PAIRS seed: 1 "
      "derive { wishes: true priorities: true length: 5 model: 'scoringModels/given' } "
      "studios { id: 's' capacity: 2 priorities { graduates: '", known.profile,
      "' } } regions { id: 'east' floor: 1 cap: 2 } "
      "reserves { program: 'programs/00000000000000ff' group: 'local' seats: 1 } "
      "pairs { first: 'cohorts/00000000000000ff/graduates/a' second: '", known.profile,
      "' wishes { first: 'programs/00000000000000ff' second: 'programs/00000000000000ff' } } ");
}

// Courses begin in weeks to come.
std::string SoonText() {
  const absl::CivilDay day = absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()) + 14;
  return absl::StrCat("{ year: ", day.year(), " month: ", day.month(), " day: ", day.day(), " }");
}

std::string TrainingPlanText(const std::string& external_id) {
  return absl::StrCat(
      external_id, "title: 'Spring' budget_yuan: 1000 homes: 'xian' learners: LEARNERS_ANYBODY "
      "regime: DEMAND_REGIME_BURSTY draws: 2 seed: 1 work_limit: 1000 comparison_draws: 2 "
      "further_yuan: 1 courses { id: 'c' title: 'Lights' role: 'gaffer' place: 'xian' start ",
      SoonText(), " weeks: 1 cost_yuan: 10 seats: 1 success_millionths: 1 "
      "productivity_millionths: 1 absence_millionths: 1 } "
      "what_ifs { more_people { place: 'xian' roles: 'director' people: 1 days_per_week: 5 } } ");
}

std::string TextOf(const std::string& method, const KnownRecords& known) {
  const std::string profile = absl::StrCat("profile: '", known.profile, "' ");
  const std::string id = absl::StrCat("request_id: 'hostile-", method, "' ");
  const std::string hold =
      absl::StrCat("name: '", known.profile, "/holds/1' etag: '0000000000000001' ");
  const std::map<std::string, std::string> texts = {
      {"GetProfile", absl::StrCat("name: '", known.profile, "'")},
      {"GetProject", absl::StrCat("name: '", known.project, "'")},
      {"BatchGetProfiles", absl::StrCat("names: '", known.profile, "'")},
      {"BatchGetProjects", absl::StrCat("names: '", known.project, "'")},
      {"ListProfiles", absl::StrCat(kListing, " findability: FINDABILITY_FINDABLE")},
      {"ListProjects", absl::StrCat(kListing, " state: STATE_OPEN")},
      {"CreateProfile", absl::StrCat(id, "profile { ", ProfileText("create"), " }")},
      {"CreateProject", absl::StrCat(id, "project { ", ProjectText(known, "create"), " }")},
      {"UpdateProfile", absl::StrCat(id, kProfileMask, "profile { name: '", known.profile, "' ",
                                     ProfileText(""), " }")},
      {"UpdateProject", absl::StrCat(id, kProjectMask, "project { name: '", known.project, "' ",
                                     ProjectText(known, ""), " }")},
      {"DeleteProfile", absl::StrCat(id, "name: 'profiles/00000000000000ff' etag: '0000000000000001'")},
      {"DeleteProject", absl::StrCat(id, "name: 'projects/00000000000000ff' etag: '0000000000000001'")},
      {"ImportProfiles", absl::StrCat(id, "profiles { ", ProfileText("import"), " }")},
      {"ImportProjects", absl::StrCat(id, "projects { ", ProjectText(known, "import"), " }")},
      {"PlaceHold",
       absl::StrCat(id, "parent: '", known.profile, "' opening: '", known.opening, "' ", kHold)},
      {"GetHold", absl::StrCat("name: '", known.profile, "/holds/1'")},
      {"ListHolds", absl::StrCat("parent: '", known.profile,
                                 "' page_size: 10 page_token: 'x' states: STATE_OFFERED")},
      {"AcceptHold", absl::StrCat(id, hold)},
      {"DeclineHold", absl::StrCat(id, hold, "text: 'a text'")},
      {"ReleaseHold", absl::StrCat(id, hold, "text: 'a text'")},
      {"ChallengeHold", absl::StrCat(id, hold)},
      {"CounterOffer", absl::StrCat(id, hold, kTerms)},
      {"ConfirmHold", absl::StrCat(id, hold, kChoice)},
      {"ConfirmCrew", absl::StrCat(id, "parent: '", known.project, "' holds { ", hold, kChoice, "}")},
      {"CancelBooking", absl::StrCat(id, hold, "text: 'a text'")},
      {"ReplaceDropout", absl::StrCat(id, hold, "text: 'a text' page_size: 10")},
      {"WatchHolds", absl::StrCat("parent: '", known.profile, "' resume_token: 'x'")},
      {"ImportCalendar", absl::StrCat(id, "name: '", known.profile, "' source: 'google' ",
                                      "include_notes: true calendar: 'BEGIN:VCALENDAR\\r\\n"
                                      "END:VCALENDAR\\r\\n'")},
      {"ExportCalendar", absl::StrCat("name: '", known.profile,
                                      "' include_notes: true without_source: 'google'")},
      {"ReadRecords", "log: 'troupe' after { shard: 1 } max_records: 1 max_bytes: 1"},
      {"GetHeads", "log: 'troupe'"},
      {"ScanBase", "log: 'troupe' shard: 1"},
      {"DescribeProject", "project: 255"},
      {"Decide",
       "project: 255 decision: 1 organization: 'operator' deadline_micros: 1 body_hash: 1 "
       "seats { opening: 1 seat: 1 profile: 1 hold: 1 }"},
      {"VacateSeat", "project: 255 profile: 1 hold: 1"},
      {"FindProfiles", absl::StrCat(kAdHoc, kQuestion, "page_size: 10 attached { ", profile,
                                    "roles: 'writer' }")},
      {"ListRoleSteps", "role: 'writer' until { year: 2026 month: 1 day: 1 } page_size: 10"},
      {"FindOpenings", absl::StrCat(profile, kQuestion, "page_size: 10")},
      {"FindFreeWindows", absl::StrCat(kAdHocWithDates, profile,
                                       "from { year: 2026 month: 1 day: 1 } page_size: 10")},
      {"ListRoleSteps", "role: 'director' until { year: 2026 month: 1 day: 1 } page_size: 10"},
      {"LearnScoringModel",
       absl::StrCat(id, "model_id: 'learned' until { year: 2026 month: 1 day: 1 } seed: 1")},
      {"CreateScoringModel", absl::StrCat(id, "model_id: 'given' ", kModel)},
      {"GetScoringModel", "name: 'scoringModels/given@1'"},
      {"ListScoringModels", "page_size: 10 page_token: 'x'"},
      {"DeleteScoringModel", absl::StrCat(id, "name: 'scoringModels/none' etag: '0000000000000001'")},
      {"RecordOutcome", absl::StrCat(id, "opening: '", known.opening, "' profiles: '", known.profile,
                                     "' kind: OUTCOME_KIND_DECLINED reason: DECLINE_REASON_RATE "
                                     "time { seconds: 1000 }")},
      {"ListOutcomes", absl::StrCat("opening: '", known.opening, "' page_size: 10")},
      {"DeleteOutcomes", absl::StrCat("opening: '", known.opening, "'")},
      {"ReportFairness", "group_by: GROUP_ATTRIBUTE_GENDER role: 'director' "
                         "since { year: 2026 month: 1 day: 1 } until { year: 2026 month: 2 day: 1 }"},
      {"CreateCohort", absl::StrCat(id, "cohort { ", CohortText(known, kCreated), " }")},
      {"GetCohort", absl::StrCat("name: '", known.cohort, "'")},
      {"ListCohorts", kPlainListing},
      {"UpdateCohort", absl::StrCat(id, "cohort { name: '", known.cohort, "' ",
                                    CohortText(known, ""),
                                    " } update_mask { paths: ['title', 'graduates'] }")},
      {"DeleteCohort", absl::StrCat(id, "name: 'cohorts/00000000000000ff' ", kSomeEtag)},
      {"CreateProgram", absl::StrCat(id, "program { ", ProgramText(known, kCreated), " }")},
      {"GetProgram", absl::StrCat("name: '", known.program, "'")},
      {"ListPrograms", kPlainListing},
      {"UpdateProgram",
       absl::StrCat(id, "program { name: '", known.program, "' ", ProgramText(known, ""),
                    " } update_mask { paths: ['title', 'capacity', 'studio', 'region', 'place', "
                    "'priorities'] }")},
      {"DeleteProgram", absl::StrCat(id, "name: 'programs/00000000000000ff' ", kSomeEtag)},
      {"ImportPrograms", absl::StrCat(id, "programs { ", ProgramText(known, kImported), " }")},
      {"CreateRound", absl::StrCat(id, "round { ", RoundText(known, kCreated), " }")},
      {"GetRound", absl::StrCat("name: '", known.round, "'")},
      {"ListRounds", kPlainListing},
      {"UpdateRound", absl::StrCat(id, "round { name: '", known.round, "' ", RoundText(known, ""),
                                   " } update_mask { paths: ['title', 'cohorts', 'programs', "
                                   "'mechanism', 'seed', 'derive', 'studios', 'regions', "
                                   "'reserves', 'pairs'] }")},
      {"DeleteRound", absl::StrCat(id, "name: 'rounds/00000000000000ff' ", kSomeEtag)},
      {"RunRound", absl::StrCat(id, "name: 'rounds/00000000000000ff' ", kSomeEtag)},
      {"ListPlacements", "round: 'rounds/00000000000000ff' page_size: 10 unplaced_only: true"},
      {"VerifyRound", "name: 'rounds/00000000000000ff'"},
      {"ExplainPlacement", absl::StrCat("round: 'rounds/00000000000000ff' graduate: '",
                                        known.cohort, "/graduates/a' skip_changes: true")},
      {"ReportRound",
       "name: 'rounds/00000000000000ff' compare_mechanisms: true cross_role_for: 10"},
      {"PublishRound", absl::StrCat(id, "name: 'rounds/00000000000000ff' ", kSomeEtag,
                                    "expire_time { seconds: 4000000000 nanos: 1 }")},
      {"DownloadCertificate", "name: 'rounds/00000000000000ff'"},
      {"GetOperation", kSomeOperation},
      {"ListOperations", absl::StrCat("parent: '", known.round, "'")},
      {"CancelOperation", kSomeOperation},
      {"WaitOperation", absl::StrCat(kSomeOperation, "timeout { seconds: 1 nanos: 1 }")},
      {"AnalyzeGaps",
       "roles: 'director' cities: 'xian' max_cells: 10 travel_cost { yuan_per_day: 100 } "
       "what_ifs { more_people { place: 'xian' roles: 'director' people: 1 days_per_week: 5 } } "
       "what_ifs { more_projects { place: 'xian' projects: 1 "
       "needs { role: 'director' people: 1 days: 1 week: 1 } } }"},
      {"WatchGaps", "question { roles: 'director' cities: 'xian' max_cells: 10 } "
                    "min_interval { seconds: 1 nanos: 1 }"},
      {"CreateTrainingPlan",
       absl::StrCat(id, "training_plan { ", TrainingPlanText(kCreated), " }")},
      {"GetTrainingPlan", absl::StrCat("name: '", known.training_plan, "'")},
      {"ListTrainingPlans", kPlainListing},
      {"UpdateTrainingPlan",
       absl::StrCat(id, "training_plan { name: '", known.training_plan, "' ", TrainingPlanText(""),
                    " } update_mask { paths: ['title', 'courses', 'budget_yuan', 'homes', "
                    "'learners', 'regime', 'what_ifs', 'draws', 'seed', 'work_limit', "
                    "'comparison_draws', 'further_yuan'] }")},
      {"DeleteTrainingPlan",
       absl::StrCat(id, "name: 'trainingPlans/00000000000000ff' ", kSomeEtag)},
      {"PlanTraining", absl::StrCat(id, "name: 'trainingPlans/00000000000000ff' ", kSomeEtag)},
      {"SimulateTraining",
       absl::StrCat(id, "name: '", known.training_plan, "' ", kSomeEtag,
                    "enrolments { course: 'c' people: 1 } regime: DEMAND_REGIME_BURSTY draws: 2 "
                    "seed: 1")},
      {"SuggestShadowing", absl::StrCat("project: '", known.project,
                                        "' learners_per_expert: 1 expert_level: 1 least_days: 1 "
                                        "wishing_only: true")},
      {"ExplainMatch", absl::StrCat(profile, kAdHoc, kQuestion, "attached { ", profile,
                                    "roles: 'writer' }")},
  };
  const auto found = texts.find(method);
  return found == texts.end() ? "" : found->second;
}

}  // namespace

std::unique_ptr<Message> ValidRequest(const google::protobuf::MethodDescriptor& method,
                                      const KnownRecords& known) {
  std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(method.input_type())
                                       ->New());
  const std::string text = TextOf(method.name(), known);
  if (!google::protobuf::TextFormat::ParseFromString(text, request.get())) {
    std::cerr << "no request of " << method.full_name() << ": " << text << std::endl;
    std::abort();
  }
  return request;
}

}  // namespace troupe::testing

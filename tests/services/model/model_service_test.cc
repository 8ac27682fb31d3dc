#include "services/model/model_service.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/log/day_ticker.h"
#include "services/records/outcome_record.h"
#include "services/records/profile_record.h"
#include "services/records/project_record.h"
#include "services/rpc/named_model.h"
#include "services/rpc/stored_outcomes.h"
#include "services/rpc/thread_pool.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/builders.h"
#include "tests/testing/live_view.h"
#include "tests/testing/log_calls.h"
#include "tests/testing/service_calls.h"
#include "tests/testing/watched_stream.h"

namespace troupe::testing {
namespace {

using absl::StatusCode;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Weights for directors: all on `feature`, cold.
std::string Weighing(const std::string& feature) {
  return absl::StrCat("model { roles { role: 'director' cold { weights { key: '", feature,
                      "' value: 1000000 } } } } ");
}

// A ModelService over a log in memory, on 2026-03-01. Who does not say otherwise
// is "crew".
class ModelServiceTest : public ::testing::Test {
 protected:
  ModelServiceTest() { Write(TodayRequest(D("2026-03-01"))); }

  // Appends `request`, and waits until the view shows it.
  void Write(const AppendRequest& request) {
    absl::Notification shown;
    const LogPos pos = AppendOne(live_.log(), request).value();
    live_.view().WhenApplied(LogName::kTroupe, request.shard, pos.seq,
                             [&](const absl::Status&) { shown.Notify(); });
    shown.WaitForNotification();
  }
  void Have(const Profile& profile) {
    Write(Request(absl::StrCat("have ", profile.id.value()),
                  {{{EntityKind::kProfile, profile.id.value()}, kAnyVersion,
                    SerializeProfile(profile)}}));
  }
  // Directors who each make a film of their own genre, again and again.
  void HaveCareers() {
    for (uint64_t id = 1; id <= 12; ++id) {
      ProfileBuilder director = ProfileBuilder().Id(id).Holds("director");
      for (int year = 2018; year <= 2025; ++year) {
        Credit film = Worked(absl::StrCat("f:", id, "/", year), "director",
                             absl::StrCat(year, "-06-01"));
        film.genres = Labels({absl::StrCat("genre", id)});
        director.With(film);
      }
      Have(director.Build());
    }
  }

  absl::StatusOr<v1::ScoringModel> Create(const std::string& text,
                                          const std::string& organization = "crew") {
    return Ask(service_, &ModelService::CreateScoringModel,
               FromText<v1::CreateScoringModelRequest>(text), organization);
  }
  absl::StatusOr<v1::ScoringModel> Get(const std::string& name,
                                       const std::string& organization = "crew") {
    v1::GetScoringModelRequest request;
    request.set_name(name);
    return Ask(service_, &ModelService::GetScoringModel, request, organization);
  }
  absl::StatusOr<v1::ListScoringModelsResponse> List(const std::string& text = "",
                                                     const std::string& organization = "crew") {
    return Ask(service_, &ModelService::ListScoringModels,
               FromText<v1::ListScoringModelsRequest>(text), organization);
  }
  absl::Status Delete(const std::string& text, const std::string& organization = "crew") {
    return Ask(service_, &ModelService::DeleteScoringModel,
               FromText<v1::DeleteScoringModelRequest>(text), organization)
        .status();
  }
  // The last response of a learning, or what it ended with.
  absl::StatusOr<v1::ScoringModel> Learn(const std::string& text,
                                         const std::string& organization = "crew") {
    const auto request = FromText<v1::LearnScoringModelRequest>(text);
    WatchedStream<v1::LearnScoringModelResponse> stream;
    service_.LearnScoringModel(CallBy(organization), request, stream.sink());
    std::optional<v1::LearnScoringModelResponse> last;
    while (auto response = stream.Next()) last = response;
    const absl::Status end = stream.AwaitEnd();
    if (!end.ok()) return end;
    return last.value().model();
  }

  static bool FailsWithReason(const absl::StatusOr<v1::ScoringModel>& answer,
                              const std::string& reason) {
    return ReasonOf(answer.status()) == reason;
  }

  LiveView live_;
  ThreadPool threads_{4};
  RandomIds ids_{1};
  ModelService service_{&live_.log(), &live_.view(), &threads_, &live_.clock(), &ids_};
};

TEST_F(ModelServiceTest, Learn_FromOutcomesLooksAtNothingLater) {
  Have(ProfileBuilder().Id(1).Holds("director").Rated(50, 4'800).Build());
  Have(ProfileBuilder().Id(2).Holds("director").Rated(50, 2'000).Build());
  const absl::Time shown = absl::FromCivil(absl::CivilDay(2026, 2, 1), absl::UTCTimeZone());
  for (uint64_t id = 1; id <= 30; ++id) {
    const Project project = ProjectBuilder().Id(id).Owner("crew").With(OpeningBuilder()).Build();
    Write(Request(absl::StrCat("project ", id),
                  {{{EntityKind::kProject, id}, kAnyVersion, SerializeProject(project)}}));
    OutcomeHistory history{.owner = {"crew"}, .opening = {ProjectId(id), 1}, .role = "director"};
    history.create_time = shown;
    for (uint64_t person : {1, 2}) {
      history.Add({.profile = ProfileId(person), .kind = Outcome::Kind::kShown, .time = shown});
    }
    history.Add({.profile = ProfileId(1), .kind = Outcome::Kind::kBooked,
                 .time = shown + absl::Hours(24 * 19)});
    Write(Request(absl::StrCat("outcomes ", id),
                  {{OutcomesEntity(history.owner, history.opening), kAnyVersion,
                    SerializeOutcomes(history)}}));
  }
  const std::string ask = "model_id: 'ours' source: LEARNING_SOURCE_OUTCOMES until ";
  EXPECT_THAT(Learn(ask + "{ year: 2026 month: 2 day: 20 }"),
              FailsWith(StatusCode::kFailedPrecondition, "NOTHING_TO_LEARN"));
  const auto learned = Learn(ask + "{ year: 2026 month: 2 day: 21 }");
  ASSERT_THAT(learned, IsOk());
  EXPECT_TRUE(learned->learned().from_outcomes());
  EXPECT_EQ(learned->roles(0).cold().questions(), 30);
  EXPECT_THAT(Learn("model_id: 'ours' source: LEARNING_SOURCE_OUTCOMES", "studio"),
              FailsWith(StatusCode::kFailedPrecondition, "NOTHING_TO_LEARN"));
}

TEST_F(ModelServiceTest, Create_AddsVersions) {
  const v1::ScoringModel first = Create("model_id: 'films' " + Weighing("genres")).value();
  EXPECT_EQ(first.name(), "scoringModels/films@1");
  EXPECT_EQ(first.organization(), "organizations/crew");
  EXPECT_EQ(first.roles(0).cold().weights().at("genres"), 1'000'000);
  const v1::ScoringModel second = Create("model_id: 'films' " + Weighing("skills")).value();
  EXPECT_EQ(second.version(), 2);
  EXPECT_NE(second.etag(), first.etag());
  EXPECT_EQ(Get("scoringModels/films")->name(), "scoringModels/films@2");
  EXPECT_EQ(Get("scoringModels/films@1")->roles(0).cold().weights().count("genres"), 1u);
  EXPECT_THAT(Get("scoringModels/films@3"), FailsWith(StatusCode::kNotFound, "MODEL_NOT_FOUND"));
}

TEST_F(ModelServiceTest, Create_IsThereForItsOwnerOnly) {
  ASSERT_THAT(Create("model_id: 'films' " + Weighing("genres")), IsOk());
  EXPECT_THAT(Get("scoringModels/films", "studio"),
              FailsWith(StatusCode::kNotFound, "MODEL_NOT_FOUND"));
  EXPECT_THAT(List("", "studio")->models(), IsEmpty());
  EXPECT_THAT(Delete("name: 'scoringModels/films'", "studio"),
              FailsWith(StatusCode::kNotFound, "MODEL_NOT_FOUND"));
  EXPECT_EQ(Create("model_id: 'films' " + Weighing("skills"), "studio")->version(), 1);
  EXPECT_EQ(Get("scoringModels/films")->roles(0).cold().weights().count("genres"), 1u);
}

TEST_F(ModelServiceTest, Create_AnswersARetryWithWhatItMade) {
  const std::string text = "model_id: 'films' request_id: 'a' " + Weighing("genres");
  ASSERT_EQ(Create(text)->version(), 1);
  ASSERT_EQ(Create("model_id: 'films' " + Weighing("skills"))->version(), 2);
  const v1::ScoringModel again = Create(text).value();
  EXPECT_EQ(again.version(), 1);
  EXPECT_EQ(again.roles(0).cold().weights().count("genres"), 1u);
  EXPECT_EQ(Get("scoringModels/films")->version(), 2);
  EXPECT_THAT(Create("model_id: 'films' request_id: 'a' " + Weighing("skills")),
              FailsWith(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(ModelServiceTest, Create_NamesEveryFieldThatIsWrong) {
  EXPECT_THAT(BadFields(Create("model_id: 'Films' model { version: 1 }")),
              ElementsAre("model_id", "model.version", "model.roles"));
  EXPECT_THAT(BadFields(Create("model_id: 'films' model { roles { role: 'king' } "
                               "roles { role: 'writer' warm { weights { key: 'wit' value: 1 } } } "
                               "roles { role: 'writer' cold { questions: 3 "
                               "weights { key: 'genres' value: 1 } } } }")),
              ElementsAre("model.roles[0].role", "model.roles[0]",
                          "model.roles[1].warm.weights[wit]", "model.roles[2].role",
                          "model.roles[2].cold.questions", "model.roles[2].cold.weights"));
}

TEST_F(ModelServiceTest, List_ShowsTheNewestWithoutWeightsInPages) {
  for (const char* id : {"a", "b", "c"}) {
    ASSERT_THAT(Create(absl::StrCat("model_id: '", id, "' ", Weighing("genres"))), IsOk());
  }
  ASSERT_THAT(Create("model_id: 'b' " + Weighing("skills")), IsOk());
  std::vector<std::string> names;
  std::string token;
  do {
    const auto page = List(absl::StrCat("page_size: 2 page_token: '", token, "'")).value();
    for (const v1::ScoringModel& model : page.models()) {
      names.push_back(absl::StrCat(model.name(), "@", model.version()));
      EXPECT_THAT(model.roles(), IsEmpty());
    }
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("scoringModels/a@1", "scoringModels/b@2",
                                                     "scoringModels/c@1"));
  EXPECT_THAT(BadFields(List("page_size: 1001")), ElementsAre("page_size"));
  EXPECT_THAT(BadFields(List("page_token: 'x'")), ElementsAre("page_token"));
}

TEST_F(ModelServiceTest, Delete_TakesAllVersionsAway) {
  ASSERT_THAT(Create("model_id: 'films' " + Weighing("genres")), IsOk());
  EXPECT_THAT(BadFields(Delete("name: 'scoringModels/films@1'")), ElementsAre("name"));
  EXPECT_THAT(Delete("name: 'scoringModels/films'"), IsOk());
  EXPECT_THAT(Get("scoringModels/films@1"), FailsWith(StatusCode::kNotFound, "MODEL_NOT_FOUND"));
  EXPECT_THAT(List()->models(), IsEmpty());
  EXPECT_THAT(Delete("name: 'scoringModels/films'"),
              FailsWith(StatusCode::kNotFound, "MODEL_NOT_FOUND"));
}

TEST_F(ModelServiceTest, Delete_WantsTheCurrentEtag) {
  const std::string old = Create("model_id: 'films' " + Weighing("genres"))->etag();
  const std::string etag = Create("model_id: 'films' " + Weighing("skills"))->etag();
  EXPECT_THAT(Delete(absl::StrCat("name: 'scoringModels/films' etag: '", old, "'")),
              FailsWith(StatusCode::kAborted, "STALE_ETAG"));
  const std::string text =
      absl::StrCat("name: 'scoringModels/films' request_id: 'd' etag: '", etag, "'");
  EXPECT_THAT(Delete(text), IsOk());
  EXPECT_THAT(Delete(text), IsOk());  // A retry.
}

TEST_F(ModelServiceTest, Learn_FindsWhatTellsApartAndSaysHow) {
  HaveCareers();
  const v1::ScoringModel model =
      Learn("model_id: 'films' seed: 3 until { year: 2026 month: 1 day: 1 }").value();
  EXPECT_EQ(model.name(), "scoringModels/films@1");
  EXPECT_EQ(model.learned().seed(), 3);
  EXPECT_EQ(model.learned().until().year(), 2026);
  ASSERT_THAT(model.roles(), SizeIs(1));
  const v1::RegimeWeights& cold = model.roles(0).cold();
  EXPECT_EQ(cold.questions(), 72);
  EXPECT_LT(cold.loss_millionths(), cold.chance_loss_millionths() / 2);
  int64_t sum = 0;
  for (const auto& [feature, weight] : cold.weights()) sum += weight;
  EXPECT_EQ(sum, 1'000'000);
  EXPECT_THAT(model.roles(0).warm().weights(), IsEmpty());
  EXPECT_EQ(Get("scoringModels/films")->DebugString(), model.DebugString());
}

TEST_F(ModelServiceTest, Learn_AnswersARetryWithWhatItLearned) {
  HaveCareers();
  const std::string text = "model_id: 'films' request_id: 'a'";
  ASSERT_EQ(Learn(text)->version(), 1);
  EXPECT_EQ(Learn("model_id: 'films' seed: 1")->version(), 2);
  EXPECT_EQ(Learn(text)->version(), 1);
  EXPECT_THAT(Learn(text + " seed: 1"),
              FailsWith(StatusCode::kAlreadyExists, "REQUEST_ID_REUSED"));
}

TEST_F(ModelServiceTest, Learn_StopsWithItsClientAndLetsTheNextOneLearn) {
  HaveCareers();
  const auto request = FromText<v1::LearnScoringModelRequest>("model_id: 'films'");
  for (int i = 0; i < 3; ++i) {
    WatchedStream<v1::LearnScoringModelResponse> stream;
    service_.LearnScoringModel(CallBy("crew"), request, stream.sink());
    ASSERT_TRUE(stream.Next().has_value());  // It has begun.
    EXPECT_THAT(Learn("model_id: 'films'"),
                ::testing::AnyOf(IsOk(), FailsWith(StatusCode::kResourceExhausted,
                                                   "LEARNING_UNDER_WAY")));
  }
  while (FailsWithReason(Learn("model_id: 'last'"), "LEARNING_UNDER_WAY")) {
  }
  EXPECT_THAT(Get("scoringModels/last"), IsOk());
}

TEST_F(ModelServiceTest, Learn_NamesEveryFieldThatIsWrong) {
  EXPECT_THAT(BadFields(Learn("seed: -1 until { year: 2026 month: 3 day: 2 }")),
              ElementsAre("model_id", "until", "seed"));
}

TEST_F(ModelServiceTest, Learn_FailsWhereThereIsTooLittle) {
  Have(ProfileBuilder().Id(1).Holds("director").With(
      Worked("f:1", "director", "2025-01-01")).Build());
  EXPECT_THAT(Learn("model_id: 'films'"),
              FailsWith(StatusCode::kFailedPrecondition, "NOTHING_TO_LEARN"));
}

TEST_F(ModelServiceTest, Learn_LooksAtNobodyWhomTheCallerCannotSee) {
  HaveCareers();
  Have(ProfileBuilder().Id(99).Owner("studio").Hidden().Holds("director").With(
      Worked("f:99", "director", "2017-01-01")).With(
      Worked("f:99b", "director", "2025-01-01")).Build());
  EXPECT_EQ(Learn("model_id: 'films' until { year: 2026 month: 1 day: 1 }")
                ->roles(0).cold().questions(), 72);
}

TEST_F(ModelServiceTest, NamedModel_WeighsAsTheVersionSays) {
  ASSERT_THAT(Create("model_id: 'films' " + Weighing("genres")), IsOk());
  const auto now = live_.view().Now();
  EXPECT_THAT(NamedModel(*now, {"crew"}, "scoringModels/films@1", "model"), IsOk());
  EXPECT_THAT(NamedModel(*now, {"crew"}, "scoringModels/films@2", "model"),
              FailsWith(StatusCode::kNotFound, "MODEL_NOT_FOUND"));
  EXPECT_THAT(BadFields(NamedModel(*now, {"crew"}, "films", "model")), ElementsAre("model"));
}

}  // namespace
}  // namespace troupe::testing

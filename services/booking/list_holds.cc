#include "services/booking/list_holds.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/domain/field.h"
#include "services/booking/agenda_writer.h"
#include "services/booking/hold_errors.h"
#include "services/booking/hold_parent.h"
#include "services/booking/hold_sides.h"
#include "services/convert/hold_conversion.h"
#include "services/convert/page_token.h"
#include "services/convert/resource_names.h"
#include "services/records/record_values.h"
#include "services/rpc/resource_errors.h"

namespace troupe {
namespace {

constexpr int32_t kDefaultPageSize = 100;
constexpr int32_t kMostPageSize = 1'000;
// A page ends here even if it is not full, well within the largest message.
constexpr size_t kPageBytes = 4u << 20;
// So many profiles are looked at for a page, which may then be empty.
constexpr size_t kMostProfiles = 500;

struct Question {
  std::optional<ProfileId> profile;  // Whose holds. None: those for `project`.
  ProjectId project;
  std::vector<HoldState> states;  // Empty: all.
  size_t page_size = 0;
  HoldId after;  // Where the page before ended. Zero: the first page.
  uint64_t hash = 0;
};

// A token goes with everything but the size of the page.
uint64_t HashOf(v1::ListHoldsRequest request, const OrganizationId& caller) {
  request.clear_page_size();
  request.clear_page_token();
  return StableHash({request.GetTypeName(), caller.slug, DeterministicBytes(request)});
}

absl::StatusOr<Question> Read(const v1::ListHoldsRequest& request, const OrganizationId& caller) {
  Question question{.hash = HashOf(request, caller)};
  Violations found;
  const Field message(&found);
  const HoldParent parent = ReadHoldParent(message["parent"], request.parent());
  question.profile = parent.profile;
  question.project = parent.project.value_or(ProjectId());
  if (request.page_size() < 0 || request.page_size() > kMostPageSize) {
    const Field size = message["page_size"];
    size.Report(absl::StrCat("is ", request.page_size()), absl::StrCat("give 1 to ", kMostPageSize));
  }
  question.page_size =
      static_cast<size_t>(request.page_size() == 0 ? kDefaultPageSize : request.page_size());
  const Field states = message["states"];
  for (int i = 0; i < request.states_size() && i < 20; ++i) {
    const int state = request.states(i);
    if (state == v1::Hold::STATE_UNSPECIFIED || !v1::Hold::State_IsValid(state)) {
      const Field field = states[static_cast<size_t>(i)];
      field.Report("is not a state", "give some of Hold.State, or none for all");
    }
    question.states.push_back(static_cast<HoldState>(state));
  }
  if (request.states_size() > 20) {
    states.Report(absl::StrCat("has ", request.states_size(), " entries"), "give at most 20");
  }
  TROUPE_RETURN_IF_ERROR(found.ToStatus());
  if (!request.page_token().empty()) {
    TROUPE_ASSIGN_OR_RETURN(const std::string after,
                            ParsePageToken(request.page_token(), question.hash));
    TROUPE_ASSIGN_OR_RETURN(question.after, ParseHoldName(after, "page_token"));
  }
  return question;
}

bool IsAsked(const Question& question, const Hold& hold) {
  const std::vector<HoldState>& states = question.states;
  return (question.profile.has_value() || hold.opening.project == question.project) &&
         (states.empty() || std::find(states.begin(), states.end(), hold.state) != states.end());
}

// Gathers a page, hold by hold in order.
class Page {
 public:
  Page(const Question& question, const OrganizationId& caller)
      : question_(question), caller_(caller) {}

  // Adds those holds of `stored` that belong on the page; false once it is full.
  bool Add(const StoredAgenda& stored) {
    for (const Hold& hold : stored.agenda.holds) {
      const HoldId id{.profile = stored.profile.id, .number = hold.number};
      if (id.profile == question_.after.profile && id.number <= question_.after.number) continue;
      if (!IsAsked(question_, hold) || !SidesOf(caller_, stored, hold).Any()) continue;
      if (IsFull()) {
        response_.set_next_page_token(FormatPageToken(question_.hash, FormatName(last_)));
        return false;
      }
      *response_.add_holds() = ToWire(stored.agenda, hold);
      bytes_ += response_.holds(response_.holds_size() - 1).ByteSizeLong();
      last_ = id;
    }
    return true;
  }

  // The next page begins after all holds of `profile`.
  void EndAfter(ProfileId profile) {
    const HoldId last{.profile = profile, .number = UINT32_MAX};
    response_.set_next_page_token(FormatPageToken(question_.hash, FormatName(last)));
  }

  v1::ListHoldsResponse Take() { return std::move(response_); }

 private:
  bool IsFull() const {
    return static_cast<size_t>(response_.holds_size()) >= question_.page_size ||
           bytes_ >= kPageBytes;
  }

  const Question& question_;
  const OrganizationId& caller_;
  v1::ListHoldsResponse response_;
  HoldId last_;
  size_t bytes_ = 0;
};

absl::StatusOr<v1::ListHoldsResponse> OfProfile(const ViewSnapshot& now,
                                                const OrganizationId& caller,
                                                const Question& question,
                                                const std::string& name) {
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindAgenda(now, *question.profile));
  if (!stored.has_value()) return RecordNotFound("profile", name);
  const std::vector<Hold>& holds = stored->agenda.holds;
  const bool is_known =
      stored->profile.ownership.IsVisibleTo(caller) ||
      std::any_of(holds.begin(), holds.end(),
                  [&](const Hold& hold) { return hold.holder == caller; });
  if (!is_known) return RecordNotFound("profile", name);
  Page page(question, caller);
  page.Add(*stored);
  return page.Take();
}

absl::StatusOr<v1::ListHoldsResponse> OfProject(const ViewSnapshot& now,
                                                const OrganizationId& caller,
                                                const Question& question) {
  Page page(question, caller);
  // The page before may have ended among the holds of one profile.
  const ProfileId from =
      question.after.profile ? ProfileId(question.after.profile.value() - 1) : ProfileId();
  TROUPE_ASSIGN_OR_RETURN(const std::vector<ProfileId> profiles,
                          now.HeldFor(question.project, from, kMostProfiles));
  for (const ProfileId profile : profiles) {
    TROUPE_ASSIGN_OR_RETURN(const auto stored, FindAgenda(now, profile));
    if (stored.has_value() && !page.Add(*stored)) return page.Take();
  }
  if (profiles.size() == kMostProfiles) page.EndAfter(profiles.back());
  return page.Take();
}

}  // namespace

absl::StatusOr<v1::Hold> ShowHold(const ViewSnapshot& now, const OrganizationId& caller,
                                  const std::string& name) {
  TROUPE_ASSIGN_OR_RETURN(const HoldId id, ParseHoldName(name, "name"));
  TROUPE_ASSIGN_OR_RETURN(const auto stored, FindAgenda(now, id.profile));
  if (!stored.has_value()) return HoldNotFound(id);
  TROUPE_ASSIGN_OR_RETURN(const Hold* hold, FindHold(caller, *stored, id));
  return ToWire(stored->agenda, *hold);
}

absl::StatusOr<v1::ListHoldsResponse> PageOfHolds(const ViewSnapshot& now,
                                                  const OrganizationId& caller,
                                                  const v1::ListHoldsRequest& request) {
  TROUPE_ASSIGN_OR_RETURN(const Question question, Read(request, caller));
  return question.profile.has_value() ? OfProfile(now, caller, question, request.parent())
                                      : OfProject(now, caller, question);
}

}  // namespace troupe

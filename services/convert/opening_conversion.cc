#include "services/convert/opening_conversion.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "services/convert/message_fields.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {

constexpr int32_t kMostSeats = 500;
constexpr size_t kMostSkills = 50;
constexpr size_t kMostBlocks = 16;
constexpr size_t kMostGenres = 50;
constexpr size_t kMostAttached = 200;
constexpr int kMostGenders = v1::Gender_MAX;
// What an end of a range of heights that is not stated asks: nothing.
constexpr int32_t kLeastHeightCm = 30;
constexpr int32_t kMostHeightCm = 260;

static_assert(v1::Opening::State_MAX == static_cast<int>(Opening::State::kClosed));
static_assert(v1::Window::Rule_MAX == static_cast<int>(Window::Rule::kContiguousDays));

static Window::Rule RuleFromWire(v1::Window::Rule wire, const Field& field) {
  if (wire == v1::Window::RULE_UNSPECIFIED) return Window::Rule::kAllDays;
  return ReadEnum<Window::Rule>(field, wire, v1::Window::Rule_IsValid(wire),
                                "state RULE_ALL_DAYS, RULE_ANY_DAYS or RULE_CONTIGUOUS_DAYS");
}

Window FromWire(const v1::Window& wire, const Field& field) {
  Window window;
  if (wire.has_dates()) {
    window.span = FromWire(wire.dates(), field["dates"]);
  } else {
    field["dates"].Report("is not given", "give the days from start to limit");
  }
  window.rule = RuleFromWire(wire.rule(), field["rule"]);
  window.days = wire.days();
  return window;
}

v1::Window ToWire(const Window& window) {
  v1::Window wire;
  *wire.mutable_dates() = ToWire(window.span);
  wire.set_rule(static_cast<v1::Window::Rule>(window.rule));
  wire.set_days(window.days);
  return wire;
}

static WantedSkill FromWire(const v1::WantedSkill& wire, const Field&) {
  return {.skill = wire.skill(), .level = wire.level(), .required = wire.required()};
}

static v1::WantedSkill ToWire(const WantedSkill& wanted) {
  v1::WantedSkill wire;
  wire.set_skill(wanted.skill);
  wire.set_level(wanted.level);
  wire.set_required(wanted.required);
  return wire;
}

namespace {

std::vector<Gender> ReadGenders(const Field& list,
                                const google::protobuf::RepeatedField<int>& wire) {
  std::vector<Gender> genders;
  if (!IsShortEnough(list, wire, kMostGenders)) return genders;
  for (int i = 0; i < wire.size(); ++i) {
    genders.push_back(
        FromWire(static_cast<v1::Gender>(wire[i]), list[static_cast<size_t>(i)]));
  }
  return SortedDistinct(std::move(genders));
}

}  // namespace

static CastingRequirement FromWire(const v1::CastingRequirement& wire, const Field& field) {
  const auto from = wire.has_playing_age_from() ? std::optional(wire.playing_age_from())
                                                : std::nullopt;
  const auto to =
      wire.has_playing_age_to() ? std::optional(wire.playing_age_to()) : std::nullopt;
  CastingRequirement casting;
  casting.genders = ReadGenders(field["genders"], wire.genders());
  casting.playing_age = PlayingAgeFromWire(from, to, field);
  if (wire.has_height_cm_from() || wire.has_height_cm_to()) {
    casting.height_cm = {
        .from = wire.has_height_cm_from() ? wire.height_cm_from() : kLeastHeightCm,
        .to = wire.has_height_cm_to() ? wire.height_cm_to() : kMostHeightCm};
  }
  return casting;
}

static v1::CastingRequirement ToWire(const CastingRequirement& casting) {
  v1::CastingRequirement wire;
  for (const Gender gender : casting.genders) wire.add_genders(ToWire(gender));
  if (casting.playing_age.has_value()) {
    wire.set_playing_age_from(casting.playing_age->from);
    wire.set_playing_age_to(casting.playing_age->to);
  }
  if (casting.height_cm.has_value()) {
    wire.set_height_cm_from(casting.height_cm->from);
    wire.set_height_cm_to(casting.height_cm->to);
  }
  return wire;
}

namespace {

std::vector<Seat> EmptySeats(int32_t headcount) {
  std::vector<Seat> seats(static_cast<size_t>(headcount));
  for (int32_t i = 0; i < headcount; ++i) seats[static_cast<size_t>(i)].number = i + 1;
  return seats;
}

// `named` says which seats the client has named already.
void ReadSeat(const v1::Seat& wire, const Field& field, std::vector<bool>& named,
              std::vector<Seat>& seats) {
  if (wire.number() < 1 || static_cast<int32_t>(seats.size()) < wire.number()) {
    return field["number"].Report(absl::StrCat("is ", wire.number()),
                                  absl::StrCat("give 1 to ", seats.size(), ", the headcount"));
  }
  const auto at = static_cast<size_t>(wire.number()) - 1;
  if (named[at]) {
    return field["number"].Report(absl::StrCat("is ", wire.number(), " a second time"),
                                  "name each seat once");
  }
  named[at] = true;
  if (!wire.profile().empty()) {
    seats[at].profile = ReadProfileName(field["profile"], wire.profile());
  }
}

std::vector<Seat> ReadSeats(const v1::Opening& wire, const Field& field) {
  CheckNumber(field["headcount"], wire.headcount(), 1, kMostSeats);
  if (wire.headcount() < 1 || kMostSeats < wire.headcount()) return {};
  std::vector<Seat> seats = EmptySeats(wire.headcount());
  const Field list = field["seats"];
  if (!IsShortEnough(list, wire.seats(), seats.size())) return seats;
  std::vector<bool> named(seats.size());
  for (int i = 0; i < wire.seats_size(); ++i) {
    ReadSeat(wire.seats(i), list[static_cast<size_t>(i)], named, seats);
  }
  return seats;
}

// All but name, seats and state.
Opening ReadDemand(const v1::Opening& wire, const Field& field) {
  Opening opening;
  opening.role = wire.role();
  if (wire.has_window()) opening.window = FromWire(wire.window(), field["window"]);
  opening.blocks = ReadAll(field["blocks"], wire.blocks(), kMostBlocks);
  opening.blocks_needed = wire.blocks_needed();
  if (wire.has_pay_ceiling()) {
    opening.pay_ceiling = FromWire(wire.pay_ceiling(), field["pay_ceiling"]);
  }
  opening.skills = ReadAll(field["skills"], wire.skills(), kMostSkills);
  opening.languages = ReadTexts(wire.languages());
  opening.credentials = ReadTexts(wire.credentials());
  opening.genres = ReadAll(field["genres"], wire.genres(), kMostGenres);
  opening.place = wire.place();
  opening.attached = ReadAll(field["attached"], wire.attached(), kMostAttached);
  opening.trainees_allowed = wire.trainees_allowed();
  opening.casting = FromWire(wire.casting(), field["casting"]);
  return opening;
}

// What everybody sees of it.
v1::Opening WriteDemand(const Opening& opening) {
  v1::Opening wire;
  wire.set_role(opening.role);
  wire.set_headcount(static_cast<int32_t>(opening.seats.size()));
  wire.set_filled(opening.IsFilled());
  wire.set_state(static_cast<v1::Opening::State>(opening.state));
  if (opening.window.has_value()) *wire.mutable_window() = ToWire(*opening.window);
  WriteAll(opening.blocks, *wire.mutable_blocks());
  wire.set_blocks_needed(opening.blocks_needed);
  if (opening.pay_ceiling.has_value()) {
    *wire.mutable_pay_ceiling() = ToWire(*opening.pay_ceiling);
  }
  WriteAll(opening.skills, *wire.mutable_skills());
  WriteTexts(opening.languages, *wire.mutable_languages());
  WriteTexts(opening.credentials, *wire.mutable_credentials());
  WriteAll(opening.genres, *wire.mutable_genres());
  wire.set_place(opening.place);
  wire.set_trainees_allowed(opening.trainees_allowed);
  if (!opening.casting.AsksNothing()) *wire.mutable_casting() = ToWire(opening.casting);
  return wire;
}

void WriteSeats(const Opening& opening, v1::Opening& wire) {
  for (const Seat& seat : opening.seats) {
    v1::Seat& entry = *wire.add_seats();
    entry.set_number(seat.number);
    if (seat.profile) entry.set_profile(FormatName(seat.profile));
    if (seat.hold != 0) {
      entry.set_hold(FormatName(HoldId{.profile = seat.profile, .number = seat.hold}));
    }
  }
}

}  // namespace

Opening FromWire(const v1::Opening& wire, const Field& field) {
  Opening opening = ReadDemand(wire, field);
  opening.seats = ReadSeats(wire, field);
  opening.state = ReadEnum<Opening::State>(field["state"], wire.state(),
                                           v1::Opening::State_IsValid(wire.state()),
                                           "state STATE_DRAFT, STATE_OPEN or STATE_CLOSED");
  return opening;
}

Opening AdHocFromWire(const v1::Opening& wire, const Field& field) {
  constexpr absl::string_view kFix = "leave it out: the opening is not stored";
  if (!wire.name().empty()) field["name"].Report("is set", kFix);
  if (wire.seats_size() != 0) field["seats"].Report("is set", kFix);
  if (wire.state() != v1::Opening::STATE_UNSPECIFIED) field["state"].Report("is set", kFix);
  const int32_t headcount = wire.headcount() == 0 ? 1 : wire.headcount();
  CheckNumber(field["headcount"], headcount, 1, kMostSeats);
  Opening opening = ReadDemand(wire, field);
  opening.seats = EmptySeats(std::clamp(headcount, 1, kMostSeats));
  opening.state = Opening::State::kOpen;
  return opening;
}

v1::Opening ToWire(const Opening& opening, ProjectId project, bool for_owner) {
  v1::Opening wire = WriteDemand(opening);
  wire.set_name(FormatName(OpeningId{.project = project, .number = opening.number}));
  if (for_owner) {
    WriteSeats(opening, wire);
    WriteAll(opening.attached, *wire.mutable_attached());
  }
  return wire;
}

}  // namespace troupe

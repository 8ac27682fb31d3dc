#include "tests/services/convert/wire_samples.h"

#include "google/protobuf/util/message_differencer.h"
#include "matcher/base/violation.h"
#include "services/convert/profile_conversion.h"
#include "services/convert/project_conversion.h"

namespace troupe::testing {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr char kProfile[] = R"pb(
  name: "profiles/0000000000000007"
  etag: "000000000000002a"
  organization: "organizations/crew"
  external_id { source: "tmdb" id: "7" }
  create_time { seconds: 1700000000 nanos: 123456000 }
  update_time { seconds: 1700000001 nanos: 1000 }
  display_name: "Ada"
  contact { email: "ada@example.com" phone: "+86 29 0000" messenger: "ada" }
  contact_consents: "organizations/friend"
  contact_consents: "organizations/studio"
  findability: FINDABILITY_FINDABLE
  blocked_organizations: "organizations/rival"
  agency: "organizations/agency"
  home_place: "xian"
  travel { anywhere: true places: "shanghai" radius_km: 50 }
  roles {
    role: "director" level: 3 years: 4 grow_into: true
    day_rate { currency_code: "CNY" units: 900 nanos: 500000000 }
  }
  languages: "zh"
  genres: "romance"
  styles: "noir"
  skills { skill: "riding" level: 4 }
  credentials: "drone-licence"
  credits {
    production: "tmdb:603" title: "A title" role: "director" job: "Director" cast_order: 0
    date { year: 2024 month: 2 day: 29 }
    genres { id: "tmdb:28" name: "Action" }
    tags { id: "tag" name: "Tag" }
    companies { id: "company" name: "Company" }
    countries: "CN" original_language: "zh"
    budget { currency_code: "USD" units: 63 nanos: 1 }
  }
  calendar {
    kind: KIND_BOOKED project: "projects/0000000000000009" note: "night shoot"
    source: "google"
    dates { start { year: 2026 month: 12 day: 1 } limit { year: 2026 month: 12 day: 4 } }
  }
  calendar {
    kind: KIND_HELD project: "projects/0000000000000009"
    hold: "profiles/0000000000000007/holds/3"
    dates { start { year: 2026 month: 12 day: 9 } limit { year: 2026 month: 12 day: 10 } }
  }
  casting { gender: GENDER_FEMALE playing_age_from: 0 playing_age_to: 30 height_cm: 170 }
  wishes {
    genres: "romance" places: "xian" pay_floor { currency_code: "CNY" units: 500 nanos: 2 }
  }
  rating { count: 10 mean_thousandths: 4500 }
  hold_counts { placed: 9 booked: 1 declined: 2 released: 1 expired: 2 }
  pre_acceptances {
    roles: "director" places: "xian" pay_floor { currency_code: "CNY" units: 500 nanos: 1 }
    dates { start { year: 2026 month: 12 day: 1 } limit { year: 2027 month: 1 day: 1 } }
  }
  time_zone: "Asia/Urumqi"
  calendar_rules {
    kind: KIND_BUSY start { year: 2027 month: 1 day: 4 } days: 2
    recurrence: "FREQ=MONTHLY;COUNT=3;BYDAY=1MO" except { year: 2027 month: 2 day: 1 }
    source: "google" note: "teaching"
  }
  calendar_rules {
    kind: KIND_HELD start { year: 2027 month: 1 day: 4 } recurrence: "FREQ=DAILY;COUNT=1"
    hours { time_zone: "America/New_York" start_second: 72000 seconds: 3600 }
  }
)pb";

constexpr char kProject[] = R"pb(
  name: "projects/0000000000000007"
  etag: "000000000000002a"
  organization: "organizations/crew"
  external_id { source: "tmdb" id: "7" }
  create_time { seconds: 1700000000 nanos: 123456000 }
  update_time { seconds: 1700000001 nanos: 1000 }
  title: "A title"
  findability: FINDABILITY_HIDDEN
  blocked_organizations: "organizations/rival"
  blocked_profiles: "profiles/0000000000000005"
  genres { id: "romance" name: "Romance" }
  tags { id: "tag" name: "Tag" }
  companies { id: "company" name: "Company" }
  styles: "noir"
  countries: "CN"
  original_language: "zh"
  budget { currency_code: "CNY" units: 1000000 nanos: 1 }
  currency_code: "CNY"
  place: "xian"
  dates { start { year: 2026 month: 12 day: 1 } limit { year: 2026 month: 12 day: 31 } }
  release_date { year: 2027 month: 5 day: 1 }
  attached { profile: "profiles/0000000000000003" roles: "writer" }
  openings {
    name: "projects/0000000000000007/openings/2"
    role: "actor" headcount: 1 filled: true state: STATE_OPEN
    seats {
      number: 1 profile: "profiles/0000000000000004" hold: "profiles/0000000000000004/holds/5"
    }
    window {
      dates { start { year: 2026 month: 12 day: 1 } limit { year: 2026 month: 12 day: 9 } }
      rule: RULE_ANY_DAYS days: 3
    }
    pay_ceiling { currency_code: "CNY" units: 900 nanos: 1 }
    skills { skill: "riding" level: 4 required: true }
    languages: "zh"
    credentials: "drone-licence"
    genres { id: "action" name: "Action" }
    place: "shanghai"
    attached { profile: "profiles/0000000000000006" roles: "director" }
    trainees_allowed: true
    casting {
      genders: GENDER_FEMALE playing_age_from: 0 playing_age_to: 30
      height_cm_from: 160 height_cm_to: 180
    }
  }
  openings {
    name: "projects/0000000000000007/openings/3"
    role: "writer" headcount: 1 state: STATE_OPEN
    seats { number: 1 }
    blocks {
      dates { start { year: 2026 month: 12 day: 1 } limit { year: 2026 month: 12 day: 9 } }
      rule: RULE_ALL_DAYS
    }
    blocks {
      dates { start { year: 2027 month: 1 day: 1 } limit { year: 2027 month: 1 day: 9 } }
      rule: RULE_CONTIGUOUS_DAYS days: 3
    }
    blocks_needed: 1
  }
)pb";

void AddUnset(const std::vector<const Message*>& messages, const std::string& path,
              std::vector<std::string>& unset) {
  const google::protobuf::Descriptor& type = *messages[0]->GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    std::vector<const Message*> parts;
    bool is_set = false;
    for (const Message* message : messages) {
      const auto& reflection = *message->GetReflection();
      const int size = field.is_repeated() ? reflection.FieldSize(*message, &field)
                                           : reflection.HasField(*message, &field);
      is_set |= size > 0;
      if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
      for (int at = 0; at < size; ++at) {
        parts.push_back(field.is_repeated()
                            ? &reflection.GetRepeatedMessage(*message, &field, at)
                            : &reflection.GetMessage(*message, &field));
      }
    }
    if (!is_set) unset.push_back(path + field.name());
    if (!parts.empty()) AddUnset(parts, path + field.name() + ".", unset);
  }
}

}  // namespace

v1::Profile EveryFieldOfProfile() { return FromText<v1::Profile>(kProfile); }

v1::Project EveryFieldOfProject() { return FromText<v1::Project>(kProject); }

Profile StoredProfile() {
  Violations none;
  Profile profile = FromWire(EveryFieldOfProfile(), none);
  // What only the engine writes.
  std::vector<CalendarEntry> entries = profile.calendar.entries();
  entries.push_back({.kind = CalendarEntry::Kind::kHeld,
                     .days = {.start = Day(absl::CivilDay(2026, 12, 9)),
                              .limit = Day(absl::CivilDay(2026, 12, 10))},
                     .project = ProjectId(9),
                     .hold = 3});
  profile.calendar = Calendar(std::move(entries));
  profile.hold_counts = {.placed = 9, .booked = 1, .declined = 2, .released = 1, .expired = 2};
  profile.id = ProfileId(7);
  profile.ownership.owner = {.slug = "crew"};
  profile.create_time = absl::FromUnixMicros(1'700'000'000'123'456);
  profile.update_time = absl::FromUnixMicros(1'700'000'001'000'001);
  return profile;
}

Project StoredProject() {
  Violations none;
  Project project = FromWire(EveryFieldOfProject(), none);
  project.id = ProjectId(7);
  project.ownership.owner = {.slug = "crew"};
  project.create_time = absl::FromUnixMicros(1'700'000'000'123'456);
  project.update_time = absl::FromUnixMicros(1'700'000'001'000'001);
  project.last_opening_number = 2;
  project.openings[0].seats[0].hold = 5;  // Only the engine writes it.
  return project;
}

std::vector<std::string> UnsetFields(const Message& message) {
  std::vector<std::string> unset;
  AddUnset({&message}, "", unset);
  return unset;
}

std::vector<std::string> SetFields(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::vector<std::string> names;
  for (const FieldDescriptor* field : fields) names.push_back(field->name());
  return names;
}

std::string Difference(const Message& a, const Message& b) {
  std::string difference;
  google::protobuf::util::MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  differencer.Compare(a, b);
  return difference;
}

}  // namespace troupe::testing

#include "tests/testing/opening_builder.h"

#include <utility>

#include "tests/testing/values.h"

namespace troupe::testing {

OpeningBuilder::OpeningBuilder() {
  opening_.number = 1;
  opening_.role = "director";
  opening_.state = Opening::State::kOpen;
  Headcount(1);
}

OpeningBuilder& OpeningBuilder::Number(uint32_t number) {
  opening_.number = number;
  return *this;
}

OpeningBuilder& OpeningBuilder::Role(absl::string_view role) {
  opening_.role = std::string(role);
  return *this;
}

OpeningBuilder& OpeningBuilder::Headcount(int32_t seats) {
  opening_.seats.clear();
  for (int32_t number = 1; number <= seats; ++number) opening_.seats.push_back({.number = number});
  return *this;
}

OpeningBuilder& OpeningBuilder::Seats(int32_t seat, uint64_t profile) {
  opening_.seats.at(static_cast<size_t>(seat - 1)).profile = ProfileId(profile);
  return *this;
}

OpeningBuilder& OpeningBuilder::Draft() {
  opening_.state = Opening::State::kDraft;
  return *this;
}

OpeningBuilder& OpeningBuilder::Closed() {
  opening_.state = Opening::State::kClosed;
  return *this;
}

OpeningBuilder& OpeningBuilder::AllDays(absl::string_view start, int32_t length) {
  opening_.window = Window{.span = Span(start, length)};
  return *this;
}

OpeningBuilder& OpeningBuilder::AnyDays(int32_t days, absl::string_view start, int32_t length) {
  opening_.window =
      Window{.span = Span(start, length), .rule = Window::Rule::kAnyDays, .days = days};
  return *this;
}

OpeningBuilder& OpeningBuilder::RunOf(int32_t days, absl::string_view start, int32_t length) {
  opening_.window =
      Window{.span = Span(start, length), .rule = Window::Rule::kContiguousDays, .days = days};
  return *this;
}

OpeningBuilder& OpeningBuilder::Block(absl::string_view start, int32_t length) {
  opening_.blocks.push_back({.span = Span(start, length)});
  return *this;
}

OpeningBuilder& OpeningBuilder::BlockOf(int32_t days, absl::string_view start, int32_t length) {
  opening_.blocks.push_back(
      {.span = Span(start, length), .rule = Window::Rule::kAnyDays, .days = days});
  return *this;
}

OpeningBuilder& OpeningBuilder::BlocksNeeded(int32_t blocks) {
  opening_.blocks_needed = blocks;
  return *this;
}

OpeningBuilder& OpeningBuilder::Ceiling(int64_t units, absl::string_view currency) {
  return Ceiling({.currency = std::string(currency), .units = units});
}

OpeningBuilder& OpeningBuilder::Ceiling(const Money& ceiling) {
  opening_.pay_ceiling = ceiling;
  return *this;
}

OpeningBuilder& OpeningBuilder::Wants(absl::string_view skill, int32_t level) {
  opening_.skills.push_back({.skill = std::string(skill), .level = level});
  return *this;
}

OpeningBuilder& OpeningBuilder::Requires(absl::string_view skill, int32_t level) {
  opening_.skills.push_back({.skill = std::string(skill), .level = level, .required = true});
  return *this;
}

OpeningBuilder& OpeningBuilder::Language(absl::string_view tag) {
  opening_.languages.emplace_back(tag);
  return *this;
}

OpeningBuilder& OpeningBuilder::Credential(absl::string_view id) {
  opening_.credentials.emplace_back(id);
  return *this;
}

OpeningBuilder& OpeningBuilder::Genre(absl::string_view id) {
  opening_.genres.push_back({.id = std::string(id)});
  return *this;
}

OpeningBuilder& OpeningBuilder::Place(absl::string_view place) {
  opening_.place = std::string(place);
  return *this;
}

OpeningBuilder& OpeningBuilder::Attach(uint64_t profile, absl::string_view role) {
  opening_.attached.push_back(InRole(profile, role));
  return *this;
}

OpeningBuilder& OpeningBuilder::Trainees() {
  opening_.trainees_allowed = true;
  return *this;
}

OpeningBuilder& OpeningBuilder::Casts(CastingRequirement casting) {
  opening_.casting = std::move(casting);
  return *this;
}

}  // namespace troupe::testing

#include "services/cli/card_parts.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/cli/display_width.h"
#include "services/cli/ink.h"
#include "services/cli/wording.h"

namespace troupe {

using Labels = google::protobuf::RepeatedPtrField<v1::Label>;
using Words = google::protobuf::RepeatedPtrField<std::string>;

void PrintTitle(const std::string& title, const std::string& name, const Streams& streams) {
  streams.out << Inked(Ink::kHeading, Printable(title), streams.colour) << "  "
              << Inked(Ink::kFaint, name, streams.colour) << "\n";
}

void PrintSection(const char* title, const Streams& streams) {
  streams.out << Inked(Ink::kHeading, title, streams.colour) << "\n";
}

std::string Joined(const Labels& labels) {
  return absl::StrJoin(labels, ", ", [](std::string* out, const v1::Label& label) {
    absl::StrAppend(out, label.name().empty() ? label.id() : label.name());
  });
}

std::string Joined(const Words& words) { return absl::StrJoin(words, ", "); }

std::string JoinedPlaces(const Words& places) {
  return absl::StrJoin(places, ", ", [](std::string* out, const std::string& place) {
    absl::StrAppend(out, PlaceName(place));
  });
}

}  // namespace troupe

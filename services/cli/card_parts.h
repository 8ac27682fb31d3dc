#ifndef TROUPE_SERVICES_CLI_CARD_PARTS_H_
#define TROUPE_SERVICES_CLI_CARD_PARTS_H_

#include <string>

#include "google/protobuf/repeated_ptr_field.h"
#include "services/cli/streams.h"
#include "services/cli/table.h"
#include "troupe/v1/types.pb.h"

namespace troupe {

// Names and values, one a line; values that are not set are left out. Thread-
// compatible; `streams` outlives it.
class Facts {
 public:
  explicit Facts(const Streams& streams)
      : streams_(streams), table_({{.title = ""}, {.title = "", .wraps = true}}) {}

  void Add(const char* name, const std::string& value) {
    if (!value.empty()) table_.AddRow({{name, Ink::kFaint}, value});
  }
  void Print() const { table_.Print(streams_, "  "); }

 private:
  const Streams& streams_;
  Table table_;
};

// The first line of a card: what people call the record, and its name.
void PrintTitle(const std::string& title, const std::string& name, const Streams& streams);

// The line above a part of a card.
void PrintSection(const char* title, const Streams& streams);

// Lists in one line.
std::string Joined(const google::protobuf::RepeatedPtrField<v1::Label>& labels);
std::string Joined(const google::protobuf::RepeatedPtrField<std::string>& words);
std::string JoinedPlaces(const google::protobuf::RepeatedPtrField<std::string>& places);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_CARD_PARTS_H_

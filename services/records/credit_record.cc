#include "services/records/credit_record.h"

#include <cstdint>
#include <string>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "google/protobuf/repeated_field.h"
#include "services/records/record_values.h"

namespace troupe {

namespace pb = storage::v1;

namespace {

using Numbers = google::protobuf::RepeatedField<uint32_t>;

// Puts each word and label into the message once and knows its number. Lives
// no longer than the credits whose texts it looks at.
class VocabularyWriter {
 public:
  explicit VocabularyWriter(pb::Credits& message) : message_(message) {}

  uint32_t NumberOf(absl::string_view word) {
    if (word.empty()) return 0;
    const auto [at, is_new] = words_.try_emplace(word, message_.words_size() + 1);
    if (is_new) message_.add_words(std::string(word));
    return at->second;
  }
  uint32_t NumberOf(const Label& label) {
    const std::pair<absl::string_view, absl::string_view> key(label.id, label.name);
    const auto [at, is_new] = labels_.try_emplace(key, message_.labels_size() + 1);
    if (is_new) Store(label, *message_.add_labels());
    return at->second;
  }
  template <typename Entry>
  void StoreNumbers(const std::vector<Entry>& entries, Numbers& field) {
    field.Reserve(static_cast<int>(entries.size()));
    for (const Entry& entry : entries) field.Add(NumberOf(entry));
  }

 private:
  pb::Credits& message_;
  absl::flat_hash_map<absl::string_view, uint32_t> words_;
  absl::flat_hash_map<std::pair<absl::string_view, absl::string_view>, uint32_t> labels_;
};

// Finds words and labels by their numbers.
class VocabularyReader {
 public:
  explicit VocabularyReader(const pb::Credits& message) : message_(message) {}

  bool Load(uint32_t number, std::string& word) const {
    if (number > static_cast<uint32_t>(message_.words_size())) return false;
    if (number != 0) word = message_.words(static_cast<int>(number) - 1);
    return true;
  }
  bool Load(uint32_t number, Label& label) const {
    if (number == 0 || number > static_cast<uint32_t>(message_.labels_size())) return false;
    return troupe::Load(message_.labels(static_cast<int>(number) - 1), label);
  }
  template <typename Entry>
  bool LoadEntries(const Numbers& field, std::vector<Entry>& entries) const {
    entries.resize(static_cast<size_t>(field.size()));
    for (int i = 0; i < field.size(); ++i) {
      if (!Load(field[i], entries[static_cast<size_t>(i)])) return false;
    }
    return true;
  }

 private:
  const pb::Credits& message_;
};

void StoreCredit(const Credit& value, VocabularyWriter& vocabulary, pb::Credit& message) {
  message.set_production(value.production);
  message.set_title(value.title);
  message.set_role(vocabulary.NumberOf(value.role));
  message.set_job(vocabulary.NumberOf(value.job));
  vocabulary.StoreNumbers(value.countries, *message.mutable_countries());
  message.set_original_language(vocabulary.NumberOf(value.original_language));
  vocabulary.StoreNumbers(value.genres, *message.mutable_genres());
  vocabulary.StoreNumbers(value.tags, *message.mutable_tags());
  vocabulary.StoreNumbers(value.companies, *message.mutable_companies());
  if (value.cast_order.has_value()) message.set_cast_order(*value.cast_order);
  if (value.date.has_value()) message.set_date(value.date->since_epoch());
  if (value.budget.has_value()) Store(*value.budget, *message.mutable_budget());
}

bool LoadCredit(const pb::Credit& message, const VocabularyReader& vocabulary,
                Credit& value) {
  value.production = message.production();
  value.title = message.title();
  if (message.has_cast_order()) value.cast_order = message.cast_order();
  if (message.has_date()) value.date = Day(message.date());
  return vocabulary.Load(message.role(), value.role) &&
         vocabulary.Load(message.job(), value.job) &&
         vocabulary.LoadEntries(message.countries(), value.countries) &&
         vocabulary.Load(message.original_language(), value.original_language) &&
         vocabulary.LoadEntries(message.genres(), value.genres) &&
         vocabulary.LoadEntries(message.tags(), value.tags) &&
         vocabulary.LoadEntries(message.companies(), value.companies) &&
         LoadPart(message.has_budget(), message.budget(), value.budget);
}

}  // namespace

void Store(const std::vector<Credit>& value, pb::Credits& message) {
  VocabularyWriter vocabulary(message);
  message.mutable_credits()->Reserve(static_cast<int>(value.size()));
  for (const Credit& credit : value) StoreCredit(credit, vocabulary, *message.add_credits());
}

bool Load(const pb::Credits& message, std::vector<Credit>& value) {
  const VocabularyReader vocabulary(message);
  value.resize(static_cast<size_t>(message.credits_size()));
  for (int i = 0; i < message.credits_size(); ++i) {
    if (!LoadCredit(message.credits(i), vocabulary, value[static_cast<size_t>(i)])) return false;
  }
  return true;
}

}  // namespace troupe

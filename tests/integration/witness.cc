#include "tests/integration/witness.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "matcher/base/status_macros.h"
#include "services/rpc/status_details.h"
#include "tests/integration/asking.h"
#include "tests/services/convert/wire_samples.h"
#include "tests/testing/status_matchers.h"

namespace troupe::testing {
namespace {

constexpr int kBatches = 2;  // To an import.
constexpr int kBatchItems = 5;

int EditionOf(const v1::Profile& profile) { return profile.rating().count(); }

// What a client can state of it.
v1::Profile Stateable(v1::Profile profile) {
  profile.clear_name();
  profile.clear_etag();
  profile.clear_organization();
  profile.clear_create_time();
  profile.clear_update_time();
  return profile;
}

}  // namespace

Witness::Witness(int number, uint64_t seed, Tally* tally)
    : number_(number), random_(seed), tally_(tally) {}

// Several fields depend on the edition, so that a mixture of two is neither.
v1::Profile Witness::Stated(const Memory& memory, int edition) {
  v1::Profile profile = FromText<v1::Profile>(
      absl::StrCat("findability: FINDABILITY_FINDABLE home_place: 'xian' travel { anywhere: true }"
                   " roles { role: 'director' level: ", 1 + edition % 5, " years: ", edition % 80,
                   " } rating { count: ", edition, " mean_thousandths: 4000 }",
                   " credits { production: 'show:", edition, "' role: 'director' }"));
  profile.set_display_name(memory.display_name);
  if (memory.external_id.empty()) return profile;
  profile.mutable_external_id()->set_source("witness");
  profile.mutable_external_id()->set_id(memory.external_id);
  return profile;
}

Witness::Memory& Witness::Remember() {
  Memory& memory = memories_.emplace_back();
  memory.display_name = absl::StrCat("Witness ", number_, ", ", memories_.size());
  return memory;
}

void Witness::Acknowledge(Memory& memory, const std::string& name) {
  memory.name = name;
  memory.acknowledged = *memory.in_doubt;
  memory.in_doubt.reset();
  memory.request_id.clear();
}

Witness::Memory* Witness::PickExisting() {
  if (memories_.empty()) return nullptr;
  Memory& memory = memories_[dice_.Below(memories_.size())];
  return memory.acknowledged == 0 ? nullptr : &memory;
}

std::string Witness::NewRequestId() {
  return absl::StrCat("witness-", number_, "-", ++last_request_);
}

absl::Status Witness::Work(const Connection& connection, const std::string& opening) {
  absl::Status done;
  while (done.ok()) {
    switch (dice_.Below(8)) {
      case 0: done = Update(connection); break;
      case 1: done = Update(connection); break;
      case 2: done = Delete(connection); break;
      case 3: done = Import(connection); break;
      case 4: done = FindProfiles(connection, opening).status(); break;
      default: done = Create(connection); break;
    }
    if (done.ok()) tally_->Add();
  }
  return IsTransportError(done) ? absl::OkStatus() : done;
}

absl::Status Witness::Create(const Connection& connection) {
  Memory& memory = Remember();
  memory.request_id = NewRequestId();
  memory.in_doubt = ++last_edition_;
  TROUPE_ASSIGN_OR_RETURN(
      const v1::Profile created,
      CreateProfile(connection, Stated(memory, *memory.in_doubt), memory.request_id));
  Acknowledge(memory, created.name());
  return absl::OkStatus();
}

absl::Status Witness::Update(const Connection& connection) {
  Memory* const memory = PickExisting();
  if (memory == nullptr) return Create(connection);
  memory->in_doubt = ++last_edition_;
  v1::Profile profile = Stated(*memory, *memory->in_doubt);
  profile.set_name(memory->name);
  TROUPE_RETURN_IF_ERROR(UpdateProfile(connection, profile).status());
  Acknowledge(*memory, memory->name);
  return absl::OkStatus();
}

absl::Status Witness::Delete(const Connection& connection) {
  Memory* const memory = PickExisting();
  if (memory == nullptr) return Create(connection);
  memory->in_doubt = 0;
  TROUPE_RETURN_IF_ERROR(DeleteProfile(connection, memory->name));
  Acknowledge(*memory, memory->name);
  return absl::OkStatus();
}

absl::Status Witness::Import(const Connection& connection) {
  const std::string request_id = NewRequestId();
  for (int64_t batch = 0; batch < kBatches; ++batch) {
    unanswered_.push_back(NewBatch(request_id, batch * kBatchItems));
  }
  return SendBatches(connection);
}

// Some that were imported before, deleted since or not, and new ones.
Witness::Batch Witness::NewBatch(const std::string& request_id, int64_t first_item) {
  Batch batch;
  batch.request.set_request_id(request_id);
  batch.request.set_first_item(first_item);
  while (batch.items.size() < kBatchItems) {
    size_t index = dice_.Below(memories_.size() + 1);
    if (index == memories_.size() || memories_[index].external_id.empty() ||
        memories_[index].in_doubt.has_value()) {
      index = memories_.size();
      Remember().external_id = absl::StrCat(number_, "-", index);
    }
    memories_[index].in_doubt = ++last_edition_;
    batch.items.push_back(index);
    *batch.request.add_profiles() = Stated(memories_[index], last_edition_);
  }
  return batch;
}

absl::Status Witness::SendBatches(const Connection& connection) {
  const auto context = connection.NewContext();
  const auto stream = connection.profiles().ImportProfiles(context.get());
  for (const Batch& batch : unanswered_) stream->Write(batch.request);
  stream->WritesDone();
  v1::ImportProfilesResponse response;
  while (!unanswered_.empty() && stream->Read(&response)) {
    TROUPE_RETURN_IF_ERROR(TakeAnswer(response));
  }
  TROUPE_RETURN_IF_ERROR(FromGrpcStatus(stream->Finish()));
  if (unanswered_.empty()) return absl::OkStatus();
  return absl::InternalError("an import ended well, but without an answer to every message");
}

// To the first message without one. What is there already is not stored again.
absl::Status Witness::TakeAnswer(const v1::ImportProfilesResponse& response) {
  const std::vector<size_t> items = unanswered_.front().items;
  unanswered_.erase(unanswered_.begin());
  if (response.results_size() != static_cast<int>(items.size())) {
    return absl::InternalError("an answer to a message has not an answer to each item");
  }
  for (int i = 0; i < response.results_size(); ++i) {
    const v1::ImportResult& result = response.results(i);
    Memory& memory = memories_[items[static_cast<size_t>(i)]];
    const bool was_there = memory.acknowledged == memory.in_doubt;
    if (result.outcome() == v1::IMPORT_OUTCOME_REJECTED ||
        was_there != (result.outcome() == v1::IMPORT_OUTCOME_UNCHANGED)) {
      return absl::InternalError(absl::StrCat("import of ", memory.display_name, " (there before: ",
                                              was_there, "): ", result.ShortDebugString()));
    }
    Acknowledge(memory, result.name());
  }
  return absl::OkStatus();
}

void Witness::Check(const Connection& connection, const Listing& listing) {
  for (Memory& memory : memories_) {
    SCOPED_TRACE(absl::StrCat(memory.display_name, " ", memory.name, ", acknowledged ",
                              memory.acknowledged, ", in doubt ", memory.in_doubt.value_or(-1)));
    const auto [first, last] = listing.equal_range(memory.display_name);
    ASSERT_LE(std::distance(first, last), 1) << "is there twice";
    const int edition = first == last ? 0 : EditionOf(first->second);
    EXPECT_TRUE(edition == memory.acknowledged || edition == memory.in_doubt)
        << "is now " << edition;
    memory.acknowledged = edition;
    if (edition != 0) {
      EXPECT_EQ(Difference(Stateable(first->second), Stated(memory, edition)), "");
      if (memory.name.empty()) memory.name = first->second.name();
      EXPECT_EQ(first->second.name(), memory.name);
    } else if (!memory.name.empty()) {
      EXPECT_EQ(GetProfile(connection, memory.name).status().code(), absl::StatusCode::kNotFound);
    }
  }
}

void Witness::Settle(const Connection& connection) {
  if (!unanswered_.empty()) {
    EXPECT_THAT(SendBatches(connection), IsOk());
  }
  for (Memory& memory : memories_) {
    if (memory.in_doubt.has_value() && !memory.request_id.empty()) {
      const auto again =
          CreateProfile(connection, Stated(memory, *memory.in_doubt), memory.request_id);
      ASSERT_THAT(again, IsOk());
      Acknowledge(memory, again->name());
    }
    memory.in_doubt.reset();
  }
}

size_t Witness::Doubts() const {
  return static_cast<size_t>(std::count_if(
      memories_.begin(), memories_.end(),
      [](const Memory& memory) { return memory.in_doubt.has_value(); }));
}

}  // namespace troupe::testing

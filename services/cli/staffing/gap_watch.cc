#include "services/cli/staffing/gap_watch.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/staffing/gap_page.h"
#include "services/cli/staffing/gap_tables.h"
#include "services/cli/wording.h"
#include "troupe/v1/gap.pb.h"
#include "troupe/v1/staffing_service.grpc.pb.h"

namespace troupe {
namespace {

constexpr int kAttempts = 30;  // In a row.
constexpr absl::Duration kPause = absl::Seconds(2);

// A slow reader's error comes without details, so its reason is in the text.
bool MayBeginAgain(const absl::Status& error) {
  return IsTransportError(error) || error.code() == absl::StatusCode::kAborted ||
         error.code() == absl::StatusCode::kResourceExhausted;
}

std::string MissingText(const v1::GapCell& cell) {
  return absl::StrCat(RoleDays(cell.unmet_millidays()), " of ",
                      RoleDays(cell.demand_millidays()));
}

// "Gaffer, Xi'an, week of 2026-03-09: 150 of 250 role-days missing (120 of 250 before)"
std::string LineOf(const WatchedGaps::Change& change) {
  const bool is_gone = change.after.role().empty();
  const v1::GapCell& cell = is_gone ? change.before : change.after;
  const GapRow row = {.role = cell.role(),
                      .cities = {cell.cities().begin(), cell.cities().end()},
                      .anywhere = cell.anywhere()};
  std::string line = absl::StrCat(RolePhrase(cell.role()).en, ", ", PlacePhraseOf(row).en,
                                  ", week of ", Worded(cell.week()), ": ");
  if (is_gone) return absl::StrCat(line, "not needed any more");
  absl::StrAppend(&line, MissingText(cell), " role-days missing");
  if (!change.before.role().empty()) {
    absl::StrAppend(&line, " (", MissingText(change.before), " before)");
  }
  return line;
}

// Prints the answers of a watch, one after another.
class GapTicker {
 public:
  GapTicker(size_t most, Session& session) : most_(most), session_(session) {}

  void Take(const v1::WatchGapsResponse& answer, bool is_first) {
    const std::vector<WatchedGaps::Change> changes = gaps_.Take(answer, is_first);
    if (session_.json()) {
      session_.PrintJson(answer);
    } else if (!has_shown_) {
      PrintGaps(gaps_.Whole(), most_, Language::kEnglish, session_.streams());
    } else if (!is_first || !changes.empty()) {
      Tell(changes, answer.summary().totals());
    }
    has_shown_ = true;
    session_.out().flush();  // Whoever watches, waits.
  }

  bool has_shown() const { return has_shown_; }

 private:
  void Tell(const std::vector<WatchedGaps::Change>& changes, const v1::GapTotals& totals) {
    session_.out() << absl::FormatTime("%Y-%m-%d %H:%M:%S", session_.host().clock.Now(),
                                       absl::LocalTimeZone())
                   << "  " << RoleDays(totals.unmet_millidays()) << " of "
                   << RoleDays(totals.demand_millidays()) << " role-days missing\n";
    const size_t shown = std::min(most_, changes.size());
    for (size_t i = 0; i < shown; ++i) session_.out() << "  " << LineOf(changes[i]) << "\n";
    if (shown < changes.size()) {
      session_.out() << "  and " << changes.size() - shown << " more\n";
    }
  }

  const size_t most_;
  Session& session_;
  WatchedGaps gaps_;
  bool has_shown_ = false;
};

}  // namespace

WatchedGaps::Names WatchedGaps::NamesOf(const v1::GapCell& cell) {
  return {cell.role(),          {cell.cities().begin(), cell.cities().end()},
          cell.anywhere(),      cell.week().year(),
          cell.week().month(),  cell.week().day()};
}

std::vector<WatchedGaps::Change> WatchedGaps::Take(const v1::WatchGapsResponse& answer,
                                                   bool is_first) {
  std::map<Names, v1::GapCell> gone;
  if (is_first) {
    gone = std::exchange(cells_, {});
  } else {
    for (const v1::GapCell& cell : answer.gone()) {
      auto node = cells_.extract(NamesOf(cell));
      if (!node.empty()) gone.insert(std::move(node));
    }
  }
  std::vector<Change> changes;
  for (const v1::GapCell& cell : answer.cells()) {
    const Names names = NamesOf(cell);
    v1::GapCell& known = cells_[names];
    v1::GapCell before = std::exchange(known, cell);
    if (auto node = gone.extract(names); !node.empty()) before = std::move(node.mapped());
    if (before.SerializeAsString() == cell.SerializeAsString()) continue;
    changes.push_back({.before = std::move(before), .after = cell});
  }
  for (auto& [names, cell] : gone) changes.push_back({.before = std::move(cell), .after = {}});
  summary_ = answer.summary();
  return changes;
}

v1::AnalyzeGapsResponse WatchedGaps::Whole() const {
  v1::AnalyzeGapsResponse whole = summary_;
  for (const auto& [names, cell] : cells_) *whole.add_cells() = cell;
  return whole;
}

absl::Status ShowGapsAsTheyChange(const v1::WatchGapsRequest& request, size_t most,
                                  Session& session) {
  const Connection& connection = session.connection();
  const Host& host = session.host();
  GapTicker ticker(most, session);
  for (int failures = 0;;) {
    const std::shared_ptr<grpc::ClientContext> context = connection.NewContext();
    if (!host.on_interrupt([context] { context->TryCancel(); })) return absl::OkStatus();
    const auto reader = connection.stub<v1::StaffingService::Stub>().WatchGaps(context.get(), request);
    v1::WatchGapsResponse answer;
    for (bool is_first = true; reader->Read(&answer); is_first = false) {
      failures = 0;
      ticker.Take(answer, is_first);
    }
    const absl::Status error = connection.Error(reader->Finish());
    if (!host.on_interrupt(nullptr)) return absl::OkStatus();
    // Whoever was never answered has probably named a wrong server.
    if (!MayBeginAgain(error) || !ticker.has_shown() || ++failures > kAttempts) return error;
    host.pause(kPause);
  }
}

}  // namespace troupe

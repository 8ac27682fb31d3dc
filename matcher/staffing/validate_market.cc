#include "matcher/staffing/validate_market.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "matcher/staffing/network.h"

namespace troupe::staffing {
namespace {

constexpr size_t kMostDefects = 100;

std::string RowText(absl::string_view table, size_t row) {
  return absl::StrCat(table, "[", row, "]");
}

class MarketCheck {
 public:
  explicit MarketCheck(const Market& market) : market_(market) {}

  absl::Status Run() {
    CheckSizes();
    TROUPE_RETURN_IF_ERROR(found_.ToStatus());  // Rows are out of reach then.
    CheckIds();
    for (size_t row = 0; row < market_.reaches.size(); ++row) CheckReach(row);
    for (size_t row = 0; row < market_.people.size(); ++row) CheckType(row);
    CheckDemand();
    return found_.ToStatus();
  }

 private:
  void Add(absl::string_view field, absl::string_view problem, absl::string_view fix) {
    if (found_.found().size() < kMostDefects) found_.Add(field, problem, fix);
  }

  void CheckSizes() {
    if (market_.roles.empty()) Add("roles", "is empty", "name at least one role");
    if (market_.cities.empty()) Add("cities", "is empty", "name at least one city");
    if (market_.cells() > kMostCells) {
      Add("roles", absl::StrCat("make ", market_.cells(), " cells with the cities"),
          absl::StrCat("ask for at most ", kMostCells, ": fewer roles or cities at a time"));
    }
    if (market_.weeks < 1 || market_.weeks > kMostWeeks) {
      Add("weeks", absl::StrCat("is ", market_.weeks), absl::StrCat("give 1 to ", kMostWeeks));
    }
    const size_t entries = market_.weeks * market_.cells();
    if (market_.demand_millidays.size() != entries) {
      Add("demand_millidays", absl::StrCat("has ", market_.demand_millidays.size(), " entries"),
          absl::StrCat("give ", entries, ": weeks x roles x cities"));
    }
  }

  void CheckIds() {
    absl::flat_hash_set<absl::string_view> seen;
    for (size_t row = 0; row < market_.roles.size(); ++row) {
      CheckId(RowText("roles", row), market_.roles[row], seen);
    }
    seen.clear();
    for (size_t row = 0; row < market_.cities.size(); ++row) {
      CheckId(RowText("cities", row) + ".id", market_.cities[row].id, seen);
    }
  }

  void CheckId(absl::string_view field, absl::string_view id,
               absl::flat_hash_set<absl::string_view>& seen) {
    if (id.empty()) {
      Add(field, "is empty", "give an id");
    } else if (!seen.insert(id).second) {
      Add(field, "is the id of an earlier row", "name each once");
    }
  }

  void CheckRow(absl::string_view field, uint32_t row, size_t rows, absl::string_view kind) {
    if (row < rows) return;
    Add(field, absl::StrCat("is ", row),
        absl::StrCat("name one of the ", rows, " ", kind, ", from 0"));
  }

  void CheckReach(size_t row) {
    const Reach& reach = market_.reaches[row];
    const std::string field = RowText("reaches", row);
    CheckRow(field + ".home", reach.home, market_.cities.size(), "cities");
    for (size_t i = 0; i < reach.away.size(); ++i) {
      const Destination& to = reach.away[i];
      const std::string entry = absl::StrCat(field, ".away[", i, "]");
      CheckRow(entry + ".city", to.city, market_.cities.size(), "cities");
      if (to.city == reach.home) Add(entry + ".city", "is home", "leave it out");
      if (i > 0 && reach.away[i - 1].city >= to.city) {
        Add(entry + ".city", "does not follow the one before", "sort by city, each once");
      }
      CheckCost(entry + ".cost", to.cost);
    }
  }

  void CheckCost(absl::string_view field, int64_t cost) {
    if (cost >= 0 && cost <= kMostCost / 2) return;
    Add(field, absl::StrCat("is ", cost), absl::StrCat("give 0 to ", kMostCost / 2, " yuan"));
  }

  void CheckType(size_t row) {
    const PeopleType& type = market_.people[row];
    const std::string field = RowText("people", row);
    CheckRow(field + ".reach", type.reach, market_.reaches.size(), "reaches");
    for (size_t i = 0; i < type.crafts.size(); ++i) {
      const Craft& craft = type.crafts[i];
      const std::string entry = absl::StrCat(field, ".crafts[", i, "]");
      CheckRow(entry + ".role", craft.role, market_.roles.size(), "roles");
      if (i > 0 && type.crafts[i - 1].role >= craft.role) {
        Add(entry + ".role", "does not follow the one before", "sort by role, each once");
      }
      if (craft.productivity_millionths < 1 || craft.productivity_millionths > kMillionths) {
        Add(entry + ".productivity_millionths",
            absl::StrCat("is ", craft.productivity_millionths), "give 1 to 1000000");
      }
      CheckCost(entry + ".reluctance", craft.reluctance);
    }
    if (type.people < 0) Add(field + ".people", absl::StrCat("is ", type.people), "give 0 or more");
    if (type.millidays.size() != market_.weeks) {
      Add(field + ".millidays", absl::StrCat("has ", type.millidays.size(), " entries"),
          absl::StrCat("give one for each of the ", market_.weeks, " weeks"));
    }
    CheckMillidays(field + ".millidays", type.millidays);
  }

  void CheckDemand() {
    CheckMillidays("demand_millidays", market_.demand_millidays);
    if (supply_or_demand_ <= kMostMillidaysInAll) return;
    Add("demand_millidays", "makes too many days with what people supply",
        absl::StrCat("ask for at most ", kMostMillidaysInAll / kMillidays, " days in all"));
  }

  void CheckMillidays(absl::string_view field, std::span<const int64_t> millidays) {
    for (size_t i = 0; i < millidays.size(); ++i) {
      if (millidays[i] < 0 || millidays[i] > kMostMillidays) {
        Add(RowText(field, i), absl::StrCat("is ", millidays[i]),
            absl::StrCat("give 0 to ", kMostMillidays));
      } else if (supply_or_demand_ <= kMostMillidaysInAll) {
        supply_or_demand_ += millidays[i];
      }
    }
  }

  const Market& market_;
  Violations found_;
  int64_t supply_or_demand_ = 0;
};

}  // namespace

absl::Status ValidateMarket(const Market& market) { return MarketCheck(market).Run(); }

}  // namespace troupe::staffing

#include "tests/testing/staffing_oracle.h"

#include <glpk.h>

#include <memory>
#include <vector>

namespace troupe::testing {
namespace {

using staffing::Craft;
using staffing::Destination;
using staffing::Market;
using staffing::PeopleType;
using staffing::Reach;

// One variable: a type's days in a cell.
struct Use {
  size_t type;
  size_t cell;
  double worth;
  double cost;
};

std::vector<Use> UsesOf(const Market& market) {
  std::vector<Use> uses;
  for (size_t row = 0; row < market.people.size(); ++row) {
    const PeopleType& type = market.people[row];
    const Reach& reach = market.reaches[type.reach];
    for (const Craft& craft : type.crafts) {
      const double worth = static_cast<double>(craft.productivity_millionths) / 1e6;
      uses.push_back({row, market.CellOf(craft.role, reach.home), worth,
                      static_cast<double>(craft.reluctance)});
      for (const Destination& to : reach.away) {
        uses.push_back({row, market.CellOf(craft.role, to.city), worth,
                        static_cast<double>(craft.reluctance + to.cost)});
      }
    }
  }
  return uses;
}

class Program {
 public:
  // Rows 1 on: types, then cells. Columns are uses.
  Program(size_t rows, const std::vector<Use>& uses, size_t types) : uses_(uses) {
    glp_add_rows(lp_.get(), static_cast<int>(rows));
    glp_add_cols(lp_.get(), static_cast<int>(uses.size()));
    for (int column = 1; const Use& use : uses) {
      const int at[] = {0, static_cast<int>(use.type) + 1, static_cast<int>(types + use.cell) + 1};
      const double by[] = {0, 1, 1};
      glp_set_mat_col(lp_.get(), column, 2, at, by);
      glp_set_col_bnds(lp_.get(), column++, GLP_LO, 0, 0);
    }
  }

  void AtMost(size_t row, double days) {
    glp_set_row_bnds(lp_.get(), static_cast<int>(row) + 1, days > 0 ? GLP_DB : GLP_FX, 0, days);
  }

  double Optimize(int direction, double Use::*objective) {
    glp_set_obj_dir(lp_.get(), direction);
    for (int column = 1; const Use& use : uses_) {
      glp_set_obj_coef(lp_.get(), column++, use.*objective);
    }
    glp_smcp control;
    glp_init_smcp(&control);
    control.msg_lev = GLP_MSG_OFF;
    control.tol_bnd = control.tol_dj = 1e-9;
    glp_simplex(lp_.get(), &control);
    return glp_get_obj_val(lp_.get());
  }

  // From now on the worth is no less.
  void KeepWorth(double worth) {
    std::vector<int> at = {0};
    std::vector<double> by = {0};
    for (int column = 1; const Use& use : uses_) {
      at.push_back(column++);
      by.push_back(use.worth);
    }
    const int row = glp_add_rows(lp_.get(), 1);
    glp_set_mat_row(lp_.get(), row, static_cast<int>(uses_.size()), at.data(), by.data());
    glp_set_row_bnds(lp_.get(), row, GLP_LO, worth, 0);
  }

 private:
  struct Delete {
    void operator()(glp_prob* lp) const { glp_delete_prob(lp); }
  };
  const std::vector<Use>& uses_;
  std::unique_ptr<glp_prob, Delete> lp_{glp_create_prob()};
};

}  // namespace

WeekOptimum SolveWeek(const Market& market, uint32_t week, bool with_cost, uint32_t cell,
                      int64_t millidays) {
  std::vector<Use> uses = UsesOf(market);
  const size_t types = market.people.size() + (millidays > 0 ? 1 : 0);
  if (millidays > 0) uses.push_back({types - 1, cell, 1, 0});
  if (uses.empty()) return {};
  Program program(types + market.cells(), uses, types);
  for (size_t row = 0; row < market.people.size(); ++row) {
    program.AtMost(row, static_cast<double>(market.people[row].millidays[week]) / 1e3);
  }
  if (millidays > 0) program.AtMost(types - 1, static_cast<double>(millidays) / 1e3);
  for (size_t at = 0; at < market.cells(); ++at) {
    const int64_t demand = market.demand_millidays[week * market.cells() + at];
    program.AtMost(types + at, static_cast<double>(demand) / 1e3);
  }
  WeekOptimum optimum = {.role_days = program.Optimize(GLP_MAX, &Use::worth)};
  if (!with_cost) return optimum;
  program.KeepWorth(optimum.role_days - 1e-9);
  optimum.cost = program.Optimize(GLP_MIN, &Use::cost);
  return optimum;
}

}  // namespace troupe::testing

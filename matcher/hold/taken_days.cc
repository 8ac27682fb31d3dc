#include "matcher/hold/taken_days.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace troupe {
namespace {

void ReportTaken(const Days& days, absl::string_view with, absl::string_view fix,
                 Violations& found) {
  if (days.empty()) return;
  found.Add("days", absl::StrCat(days.ToString(), days.size() == 1 ? " is " : " are ", with), fix);
}

}  // namespace

TakenDays TakenDays::Of(const Agenda& agenda, const Days& busy) {
  return {.busy = busy, .booked = BookedDaysOf(agenda), .pending = PendingDaysOf(agenda)};
}

void TakenDays::Report(const Days& days, Violations& found) const {
  ReportTaken(days.And(booked), "booked", "choose other days", found);
  ReportTaken(days.And(busy).Without(booked), "busy", "choose other days", found);
  ReportTaken(days.And(pending), "pending", "try again once that is decided", found);
}

}  // namespace troupe

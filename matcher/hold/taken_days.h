#ifndef TROUPE_MATCHER_HOLD_TAKEN_DAYS_H_
#define TROUPE_MATCHER_HOLD_TAKEN_DAYS_H_

#include "matcher/base/violation.h"
#include "matcher/hold/agenda.h"
#include "matcher/hold/days.h"

namespace troupe {

// The days of a person that nobody can have, by what takes them up.
struct TakenDays {
  Days busy;
  Days booked;
  Days pending;

  // `busy`: the person's own.
  static TakenDays Of(const Agenda& agenda, const Days& busy);

  Days All() const { return busy.Or(booked).Or(pending); }

  // Tells which of `days` are taken, and with what; nobody else's project.
  void Report(const Days& days, Violations& found) const;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_HOLD_TAKEN_DAYS_H_

#include "services/cli/record_sender.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "matcher/base/stable_hash.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/json_text.h"
#include "services/cli/number_text.h"
#include "services/cli/progress_bar.h"

namespace troupe {
namespace {

std::string ReasonOf(const v1::ImportError& error) {
  if (error.violations().empty()) {
    return absl::StrCat(error.message().empty() ? "was rejected" : error.message(), " (",
                        error.reason(), ")");
  }
  const v1::FieldViolation& first = error.violations(0);
  std::string reason = absl::StrCat(first.problem(), ": ", first.fix());
  for (int i = 1; i < error.violations_size(); ++i) {
    const v1::FieldViolation& other = error.violations(i);
    absl::StrAppend(&reason, "; ", other.field(), " ", other.problem(), ": ", other.fix());
  }
  return reason;
}

ProgressBar::Style StyleFor(const Session& session, const SendPlan& plan) {
  if (plan.total == 0) return ProgressBar::Style::kSilent;
  if (session.streams().err_is_terminal) return ProgressBar::Style::kBar;
  return session.verbose() ? ProgressBar::Style::kLines : ProgressBar::Style::kSilent;
}

}  // namespace

void ImportTally::Count(v1::ImportOutcome outcome) {
  switch (outcome) {
    case v1::IMPORT_OUTCOME_CREATED: ++created; break;
    case v1::IMPORT_OUTCOME_UPDATED: ++updated; break;
    case v1::IMPORT_OUTCOME_UNCHANGED: ++unchanged; break;
    default: ++rejected; break;
  }
}

std::string ImportTally::ToString() const {
  return absl::StrCat(WithCommas(created), " created, ", WithCommas(updated), " updated, ",
                      WithCommas(unchanged), " unchanged, ", WithCommas(rejected), " rejected");
}

nlohmann::ordered_json ImportTally::ToJson() const {
  return {{"created", created},
          {"updated", updated},
          {"unchanged", unchanged},
          {"rejected", rejected}};
}

template <typename Record>
absl::Status SendRecords(Session& session, const SendPlan& plan,
                         const RecordSource<Record>& source, RejectLog& rejects,
                         ImportTally& tally) {
  ProgressBar progress(session.streams().err, StyleFor(session, plan), session.host().clock,
                       plan.label, plan.total);
  const auto on_answer = [&](int64_t item, const Record& record, const v1::ImportResult& answer) {
    Reject reject = source.origin(item);
    tally.Count(answer.outcome());
    if (answer.has_error()) {
      if (!answer.error().violations().empty()) {
        reject.field = answer.error().violations(0).field();
      }
      reject.reason = ReasonOf(answer.error());
      reject.raw = ToJson(record);
      rejects.Add(reject);
    }
    if (source.on_answer) source.on_answer(item, answer);
    progress.Reach(tally.answered());
  };
  ImportStream<Record> stream(session.connection(), plan.request_id, ImportPace(),
                              session.host().pause, on_answer);
  const auto send_all = [&]() -> absl::Status {
    while (true) {
      Record record;
      TROUPE_ASSIGN_OR_RETURN(const bool more, source.next(record));
      if (!more) return stream.Finish();
      TROUPE_RETURN_IF_ERROR(stream.Add(std::move(record)));
    }
  };
  const absl::Status status = send_all();
  progress.Finish();
  return status;
}

template absl::Status SendRecords(Session&, const SendPlan&, const RecordSource<v1::Profile>&,
                                  RejectLog&, ImportTally&);
template absl::Status SendRecords(Session&, const SendPlan&, const RecordSource<v1::Project>&,
                                  RejectLog&, ImportTally&);

std::string RequestIdFor(const std::string& given, const Session& session) {
  if (!given.empty()) return given;
  const int64_t now = absl::ToUnixNanos(session.host().clock.Now());
  const void* const here = &session;  // Tells apart two runs of one moment.
  return absl::StrFormat(
      "import-%016x",
      StableHash({absl::StrCat(now), absl::StrFormat("%p", here)}));
}

absl::Status CloseRejects(RejectLog& rejects) {
  TROUPE_RETURN_IF_ERROR(rejects.Close());
  if (rejects.count() == 0) return absl::OkStatus();
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "REJECTS",
      absl::StrCat(Counted(rejects.count(), "reject"), "; the rest went in. Mend what ",
                   rejects.path(), " holds and import again: what is in already stays as it is"));
}

}  // namespace troupe

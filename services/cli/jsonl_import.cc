#include "services/cli/jsonl_import.h"

#include <deque>
#include <utility>

#include "absl/strings/str_cat.h"
#include "matcher/base/status_macros.h"
#include "services/cli/jsonl_reader.h"
#include "services/cli/record_sender.h"
#include "services/cli/reject_log.h"

namespace troupe {
namespace {

template <typename Record>
absl::Status Send(const JsonlImportOptions& options, const std::string& kind, Session& session) {
  RejectLog rejects(options.rejects, session.streams().err);
  JsonlReader reader(options.files, rejects);
  std::deque<Reject> origins;  // Of the records without an answer.
  const RecordSource<Record> source = {
      .next = [&](Record& record) -> absl::StatusOr<bool> {
        TROUPE_ASSIGN_OR_RETURN(const bool more, reader.Read(record));
        if (more) origins.push_back({.file = reader.file(), .line = reader.line()});
        return more;
      },
      .origin = [&](int64_t) {
        Reject origin = std::move(origins.front());
        origins.pop_front();
        return origin;
      },
      .on_answer = nullptr};
  ImportTally tally;
  const std::string id = RequestIdFor(options.request_id, session);
  const SendPlan plan = {.label = kind, .request_id = absl::StrCat(id, "-", kind)};
  TROUPE_RETURN_IF_ERROR(SendRecords(session, plan, source, rejects, tally));
  tally.rejected += reader.bad_lines();
  if (session.json()) {
    nlohmann::ordered_json summary = {{kind, tally.ToJson()}, {"rejects", rejects.count()}};
    if (rejects.count() > 0) summary["rejects_file"] = rejects.path();
    session.out() << summary.dump() << "\n";
  } else {
    session.out() << kind << "   " << tally.ToString() << "\n";
  }
  return CloseRejects(rejects);
}

}  // namespace

absl::Status ImportJsonl(const JsonlImportOptions& options, Session& session) {
  if (options.projects) return Send<v1::Project>(options, "projects", session);
  return Send<v1::Profile>(options, "profiles", session);
}

}  // namespace troupe

#include <memory>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "google/protobuf/util/time_util.h"
#include "services/cli/change_watch.h"
#include "services/cli/command.h"
#include "services/cli/ink.h"
#include "services/cli/json_text.h"
#include "troupe/v1/profile.pb.h"
#include "troupe/v1/project.pb.h"

namespace troupe {
namespace {

struct WatchOptions {
  std::string from;
  std::string owner;
};

const v1::Profile* ChangedIn(const v1::ProfileChange& change) {
  return change.has_profile() ? &change.profile() : nullptr;
}
const v1::Project* ChangedIn(const v1::ProjectChange& change) {
  return change.has_project() ? &change.project() : nullptr;
}
const std::string& TitleOf(const v1::Profile& profile) { return profile.display_name(); }
const std::string& TitleOf(const v1::Project& project) { return project.title(); }

// Time, what happened, to which record, and how that is called.
template <typename Change>
std::string LineOf(const Change& change) {
  const auto* record = ChangedIn(change);
  const absl::Time time =
      absl::FromUnixMicros(google::protobuf::util::TimeUtil::TimestampToMicroseconds(
          change.change_time()));
  const std::string when = absl::FormatTime("%Y-%m-%d %H:%M:%S", time, absl::LocalTimeZone());
  if (record == nullptr) return absl::StrCat(when, "  deleted  ", change.deleted());
  const bool is_new = google::protobuf::util::TimeUtil::TimestampToMicroseconds(
                          record->create_time()) ==
                      google::protobuf::util::TimeUtil::TimestampToMicroseconds(
                          record->update_time());
  return absl::StrCat(when, is_new ? "  created  " : "  changed  ", record->name(), "  ",
                      TitleOf(*record));
}

template <typename Response>
void Print(const Response& response, Session& session) {
  for (const auto& change : response.changes()) {
    if (session.json()) {
      session.PrintJson(change);
    } else {
      session.out() << LineOf(change) << "\n";
    }
  }
  if (session.json()) {
    Response token;
    token.set_resume_token(response.resume_token());
    session.PrintJson(token);
  }
  session.out().flush();  // Whoever watches, waits.
}

template <typename Request, typename Response>
absl::Status Watch(const WatchOptions& options, Session& session) {
  Request request;
  request.set_resume_token(options.from);
  if (!options.owner.empty()) {
    request.set_organization(absl::StartsWith(options.owner, "organizations/")
                                 ? options.owner
                                 : absl::StrCat("organizations/", options.owner));
  }
  std::string token = options.from;
  const Connection& connection = session.connection();
  const std::function<void(const Response&)> take = [&](const Response& response) {
    Print(response, session);
    token = response.resume_token();
  };
  const absl::Status status =
      WatchChanges<Request, Response>(connection, session.host(), request, take);
  const bool goes_on = status.ok() || token != options.from;  // Else nothing was ever heard.
  if (goes_on && !token.empty() && !session.json()) {
    session.streams().err << "To go on from here, add: --from " << token << "\n";
  }
  return status;
}

template <typename Request, typename Response>
void AddKind(CLI::App& command, const std::string& kind, Action& chosen) {
  auto options = std::make_shared<WatchOptions>();
  CLI::App& watch = *command.add_subcommand(kind, absl::StrCat("Watch ", kind));
  watch.add_option("--from", options->from, "Go on where an earlier watch ended")
      ->type_name("TOKEN");
  watch.add_option("--owner", options->owner, "Only what this organization owns")
      ->type_name("ORGANIZATION");
  watch.callback([options, &chosen] {
    chosen = [options](Session& session) { return Watch<Request, Response>(*options, session); };
  });
}

}  // namespace

void AddWatchCommand(CLI::App& app, Action& chosen) {
  CLI::App& command = *app.add_subcommand(
      "watch", "Print what becomes of profiles or projects, as it happens, until Ctrl-C");
  command.require_subcommand(1);
  command.fallthrough();
  AddKind<v1::WatchProfilesRequest, v1::WatchProfilesResponse>(command, "profiles", chosen);
  AddKind<v1::WatchProjectsRequest, v1::WatchProjectsResponse>(command, "projects", chosen);
}

}  // namespace troupe

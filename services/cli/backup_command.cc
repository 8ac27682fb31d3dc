#include <memory>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/base/status_macros.h"
#include "services/backup/log_backup.h"
#include "services/cli/command.h"
#include "services/cli/number_text.h"
#include "services/cli/table.h"
#include "services/cli/wording.h"
#include "troupe/v1/backup_service.grpc.pb.h"

namespace troupe {
namespace {

struct RestoreOptions {
  std::string folder;
  std::string data_directory;
  uint32_t number = 0;
};

std::string Time(const v1::Backup& backup) {
  const absl::Time time = absl::FromUnixSeconds(backup.create_time().seconds());
  return absl::FormatTime("%Y-%m-%d %H:%M:%SZ", time, absl::UTCTimeZone());
}

absl::Status Create(Session& session) {
  const Connection connection = session.ConnectionToServer("operator");
  // However long it takes: a large log takes minutes.
  const auto context = connection.NewContext();
  v1::Backup backup;
  const grpc::Status status =
      connection.stub<v1::BackupService::Stub>().CreateBackup(
          context.get(), v1::CreateBackupRequest(), &backup);
  if (!status.ok()) return connection.Error(status);
  if (session.json()) {
    session.PrintJson(backup);
  } else {
    session.out() << "made " << backup.name() << " of the log of " << backup.log() << ": "
                  << WithCommas(backup.size_bytes()) << " bytes\n";
  }
  return absl::OkStatus();
}

absl::Status List(Session& session) {
  const Connection connection = session.ConnectionToServer("operator");
  TROUPE_ASSIGN_OR_RETURN(
      const v1::ListBackupsResponse response,
      connection.Ask(&v1::BackupService::Stub::ListBackups,
                     v1::ListBackupsRequest()));
  Table table({{.title = "backup"},
               {.title = "log"},
               {.title = "made"},
               {.title = "bytes", .right = true},
               {.title = "commits", .right = true}});
  for (const v1::Backup& backup : response.backups()) {
    if (session.json()) session.PrintJson(backup);
    table.AddRow({backup.name(), backup.log(), Time(backup), WithCommas(backup.size_bytes()),
                  WithCommas(backup.commits())});
  }
  if (session.json()) return absl::OkStatus();
  if (table.empty()) {
    session.out() << "no backups\n";
  } else {
    table.Print(session.streams());
  }
  return absl::OkStatus();
}

absl::Status Restore(const RestoreOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(
      const RestoredBackup restored,
      RestoreBackup(options.folder, options.number, options.data_directory));
  session.out() << "restored backup " << restored.backup.number << " of the log of "
                << NameOf(restored.log) << " into " << options.data_directory << " and verified it: "
                << WithCommas(restored.findings.records) << " records, "
                << WithCommas(restored.findings.entities) << " entities\n";
  return absl::OkStatus();
}

void AddRestore(CLI::App& backup, Action& chosen) {
  auto options = std::make_shared<RestoreOptions>();
  CLI::App& command = *backup.add_subcommand(
      "restore", "Make a data folder from a backup and verify it, on the server's machine, while "
                 "no server runs on it");
  command.add_option("BACKUP_DIR", options->folder, "The folder of the backups")->required();
  command.add_option("DATA_DIR", options->data_directory,
                     "The folder to make; must be absent or empty")
      ->required();
  command.add_option("--number", options->number, "Which backup; the newest unless given")
      ->type_name("N");
  command.callback([options, &chosen] {
    chosen = [options](Session& session) { return Restore(*options, session); };
  });
}

}  // namespace

void AddBackupCommand(CLI::App& app, Action& chosen) {
  CLI::App& backup = *app.add_subcommand(
      "backup", "Back up the log of the process at --server while it runs, and restore it; for "
                "operators");
  backup.require_subcommand(1);
  backup.add_subcommand("create", "Make a backup in the server's --backup_dir")
      ->callback([&chosen] { chosen = Create; });
  backup.add_subcommand("list", "Show the backups in the server's --backup_dir")
      ->callback([&chosen] { chosen = List; });
  AddRestore(backup, chosen);
}

}  // namespace troupe

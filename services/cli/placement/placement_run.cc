#include "services/cli/placement/placement_run.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/card_parts.h"
#include "services/cli/display_width.h"
#include "services/cli/input_file.h"
#include "services/cli/number_text.h"
#include "services/cli/operation_wait.h"
#include "services/cli/placement/placement_words.h"
#include "services/cli/placement/report_text.h"
#include "services/cli/placement/round_check.h"
#include "services/cli/placement/round_draft.h"
#include "services/cli/placement/round_names.h"
#include "services/cli/placement/round_pages.h"
#include "services/cli/placement/round_upload.h"
#include "services/cli/record_sender.h"
#include "troupe/v1/placement_service.grpc.pb.h"

namespace troupe {
namespace {

using Placements = v1::PlacementService::Stub;
using Settings = std::map<std::string, std::string>;

// "autumn" for "rounds/autumn.csv", which names a round unless it is told otherwise.
std::string StemOf(const std::string& path) {
  return path == "-" ? "round" : std::filesystem::path(path).stem().string();
}

// What of `rules` a file or the command line has to say.
void CheckRules(const RoundDraft& draft, const std::string& file, Defects& defects) {
  if (draft.rules.id.empty() || absl::StrContains(draft.rules.id, "/")) {
    defects.Add(file, "id", draft.rules.id.empty() ? "is empty" : "has a \"/\"",
                "name the round with --id");
  }
  if (!draft.rules.mechanism.has_value()) {
    defects.Add(file, "mechanism", "is not said",
                absl::StrCat("say --mechanism and one of ", absl::StrJoin(MechanismWords(), ", ")));
  }
  if (!draft.rules.seed.has_value()) {
    defects.Add(file, "seed", "is not said",
                "say --seed and a whole number: the lottery that breaks ties is drawn from it");
  }
}

// Where a whole file could not be read, every id of it would be told as unknown.
bool AllHaveRows(const std::map<std::string, Sheet>& sheets) {
  if (sheets.count("graduates") == 0 || sheets.count("programs") == 0) return false;
  return std::none_of(sheets.begin(), sheets.end(),
                      [](const auto& sheet) { return sheet.second.rows.empty(); });
}

absl::StatusOr<RoundDraft> ReadFiles(const PlacementRunOptions& options, Session& session) {
  Defects defects("round");
  JsonRound input;
  std::string file = options.what;
  if (file.empty()) {
    file = options.files.at("graduates");
    for (const auto& [form, path] : options.files) {
      TROUPE_ASSIGN_OR_RETURN(input.sheets[form],
                              ReadCsvSheet(path, SheetFormOf(form), defects));
    }
  } else {
    TROUPE_ASSIGN_OR_RETURN(const std::string text, ReadText(file, session.streams().in));
    if (file == "-") file = "standard input";
    input = ReadJsonRound(text, file, RoundSettings(), defects);
  }
  Settings settings = options.settings;
  settings.insert(input.settings.begin(), input.settings.end());
  settings.try_emplace("id", StemOf(options.what.empty() ? file : options.what));
  const RoundRules rules = ReadRules(settings, file, defects);
  RoundDraft draft = ReadDraft(input.sheets, rules, defects);
  CheckRules(draft, options.what.empty() ? "command line" : file, defects);
  if (defects.empty() || AllHaveRows(input.sheets)) CheckDraft(draft, defects);
  for (const FieldViolation& warning : defects.warnings()) {
    session.streams().err << "warning: "
                          << Printable(absl::StrCat(warning.field, " ", warning.problem, ": ",
                                                    warning.fix))
                          << "\n";
  }
  TROUPE_RETURN_IF_ERROR(defects.ToStatus());
  return draft;
}

// Changes what `settings` say of a round that is stored.
absl::StatusOr<v1::Round> ChangeStored(const v1::Round& stored, const Settings& settings,
                                       const Connection& connection) {
  if (settings.empty()) return stored;
  Defects defects("round");
  const RoundRules rules = ReadRules(settings, "command line", defects);
  TROUPE_RETURN_IF_ERROR(defects.ToStatus());
  v1::UpdateRoundRequest request;
  v1::Round& round = *request.mutable_round();
  round.set_name(stored.name());
  round.set_etag(stored.etag());
  google::protobuf::FieldMask& mask = *request.mutable_update_mask();
  if (!rules.title.empty()) {
    round.set_title(rules.title);
    mask.add_paths("title");
  }
  if (rules.mechanism.has_value()) {
    round.set_mechanism(*rules.mechanism);
    mask.add_paths("mechanism");
  }
  if (rules.seed.has_value()) {
    round.set_seed(*rules.seed);
    mask.add_paths("seed");
  }
  if (rules.derive_wishes.has_value() || rules.length > 0 || !rules.model.empty()) {
    *round.mutable_derive() = stored.derive();
    if (rules.derive_wishes.has_value()) {
      round.mutable_derive()->set_wishes(*rules.derive_wishes);
      round.mutable_derive()->set_priorities(*rules.derive_priorities);
    }
    if (rules.length > 0) round.mutable_derive()->set_length(rules.length);
    if (!rules.model.empty()) round.mutable_derive()->set_model(rules.model);
    mask.add_paths("derive");
  }
  return connection.Ask(&Placements::UpdateRound, request);
}

absl::StatusOr<v1::Round> StoredRound(const PlacementRunOptions& options, Session& session) {
  if (!options.IsRound()) {
    TROUPE_ASSIGN_OR_RETURN(const RoundDraft draft, ReadFiles(options, session));
    return StoreRound(draft, session);
  }
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(const v1::Round stored, GetRound(options.what, connection));
  return ChangeStored(stored, options.settings, connection);
}

std::string ChoicesText(const v1::RoundReport& report) {
  std::vector<std::string> parts;
  for (int i = 0; i < report.placed_by_choice_size(); ++i) {
    if (report.placed_by_choice(i) == 0) continue;
    parts.push_back(absl::StrCat(OrdinalOf(i + 1), " ", WithCommas(report.placed_by_choice(i))));
  }
  return absl::StrJoin(parts, ", ");
}

// Why nobody was placed, if so.
std::string WhyNobody(const v1::RoundReport& report) {
  if (report.outcome().placed() > 0 || report.unplaced().empty()) return "";
  const v1::UnplacedReason& most = report.unplaced(0);
  return absl::StrCat("nobody: for ", WithCommas(most.graduates()), " of ",
                      WithCommas(report.outcome().graduates()), ", ", most.reason());
}

void PrintOutcome(const v1::Round& round, const v1::RoundReport& report, Session& session) {
  const v1::RoundResult& result = round.result();
  const int32_t unplaced = result.graduates() - result.placed();
  PrintTitle(round.title(), round.name(), session.streams());
  Facts facts(session.streams());
  facts.Add("mechanism",
            absl::StrCat(NameOf(round.mechanism()).en, ", seed ", round.seed()));
  facts.Add("placed", absl::StrCat(WithCommas(result.placed()), " of ",
                                   Counted(result.graduates(), "graduate"), " (",
                                   ShareText(result.placed(), result.graduates()), ") on ",
                                   Counted(result.seats(), "seat")));
  facts.Add("by choice", ChoicesText(report));
  facts.Add("unplaced", unplaced == 0 ? "nobody" : WithCommas(unplaced));
  facts.Add("why", WhyNobody(report));
  if (result.derived_wishes() + result.derived_priorities() > 0) {
    facts.Add("derived", absl::StrCat("lists of ", Counted(result.derived_wishes(), "graduate"),
                                      " and ", Counted(result.derived_priorities(), "program")));
  }
  if (result.breaches() > 0) {
    facts.Add("breaches", absl::StrCat(WithCommas(result.breaches()),
                                       " of the promise, which could not be kept: all are in the "
                                       "certificate"));
  }
  facts.Print();
  std::ostream& out = session.out();
  out << "next\n";
  if (unplaced > 0) {
    out << "  troupe placement places " << round.name() << " --unplaced\n"
        << "  troupe placement explain " << round.name() << " GRADUATE\n";
  }
  out << "  troupe placement report " << round.name() << " --html report.html\n";
}

// The SHA-256 of what it is given, piece by piece.
class Digest {
 public:
  Digest() : context_(EVP_MD_CTX_new(), &EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }

  void Add(const std::string& piece) {
    EVP_DigestUpdate(context_.get(), piece.data(), piece.size());
  }

  std::string Hexadecimal() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes;
    unsigned size = 0;
    EVP_DigestFinal_ex(context_.get(), bytes.data(), &size);
    return absl::BytesToHexString(
        absl::string_view(reinterpret_cast<const char*>(bytes.data()), size));
  }

 private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

// Puts the certificate into `path`, and says its digest.
absl::StatusOr<std::string> Download(const std::string& round, const std::string& path,
                                     const Connection& connection) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  if (!file) return FileNotWritten(path);
  v1::DownloadCertificateRequest request;
  request.set_name(round);
  const auto context = connection.NewContext();  // However long it takes.
  const auto stream = connection.stub<v1::PlacementService::Stub>().DownloadCertificate(context.get(), request);
  v1::DownloadCertificateResponse response;
  Digest digest;
  while (stream->Read(&response)) {
    digest.Add(response.piece());
    file << response.piece();
  }
  const grpc::Status status = stream->Finish();
  file.close();
  if (!status.ok()) return connection.Error(status);
  if (file.fail()) return FileNotWritten(path);
  return digest.Hexadecimal();
}

}  // namespace

bool PlacementRunOptions::IsRound() const { return absl::StartsWith(what, "rounds/"); }

absl::Status SaveCertificate(const std::string& round, const std::string& path,
                             Session& session) {
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(const v1::Round stored, GetRound(round, connection));
  const std::string part = path + ".part";  // So that a broken one is never at `path`.
  const absl::StatusOr<std::string> digest = Download(round, part, connection);
  std::error_code error;
  if (!digest.ok()) {
    std::filesystem::remove(part, error);
    return digest.status();
  }
  const std::string& expected = stored.result().certificate_sha256();
  if (!expected.empty() && *digest != expected) {
    std::filesystem::remove(part, error);
    return ErrorWithReason(
        absl::StatusCode::kDataLoss, "CERTIFICATE_BROKEN",
        absl::StrCat("what came is not the certificate that ", round,
                     " names: download it again; if the round is run meanwhile, that is why"));
  }
  std::filesystem::rename(part, path, error);
  if (error) return FileNotWritten(path);
  if (session.json()) return absl::OkStatus();
  session.out() << "certificate " << path << "  sha256 " << *digest << "\n"
                << "  check it without Troupe: python3 deploy/verify_placement.py " << path
                << "\n";
  return absl::OkStatus();
}

absl::Status SavePlacements(const std::string& round, bool unplaced_only,
                            const std::string& path, Session& session) {
  const Connection& connection = session.connection();
  TROUPE_ASSIGN_OR_RETURN(const v1::Round stored, GetRound(round, connection));
  TROUPE_ASSIGN_OR_RETURN(const RoundNames names, RoundNames::Load(stored, connection));
  std::string text =
      CsvLine({"cohort", "graduate", "profile", "program", "title", "choice", "choices"});
  TROUPE_RETURN_IF_ERROR(ForEachPlacement(
      round, unplaced_only, connection, [&](const v1::GraduatePlacement& placement) {
        const bool is_placed = !placement.program().empty();
        text += CsvLine({names.Cohort(CohortOf(placement.graduate())),
                         GraduateIdOf(placement.graduate()), placement.profile(),
                         is_placed ? names.IdOf(placement.program()) : "",
                         is_placed ? names.TitleOf(placement.program()) : "",
                         is_placed ? absl::StrCat(placement.choice()) : "",
                         absl::StrCat(placement.choices())});
        return true;
      }));
  if (path == "-") {
    session.out() << text;
    return absl::OkStatus();
  }
  return WriteWholeFile(path, absl::StrCat(kByteOrderMark, text));
}

absl::Status RunPlacement(const PlacementRunOptions& options, Session& session) {
  TROUPE_ASSIGN_OR_RETURN(const v1::Round stored, StoredRound(options, session));
  const Connection& connection = session.connection();
  v1::RunRoundRequest run;
  run.set_name(stored.name());
  run.set_etag(stored.etag());
  run.set_request_id(absl::StrCat(RequestIdFor("", session), "-run"));
  TROUPE_ASSIGN_OR_RETURN(const v1::Operation begun,
                          connection.Ask(&Placements::RunRound, run));
  if (session.verbose()) session.streams().err << "running " << begun.name() << "\n";
  TROUPE_RETURN_IF_ERROR(AwaitOperation(begun, session));
  TROUPE_ASSIGN_OR_RETURN(v1::Round round, GetRound(stored.name(), connection));
  if (session.json()) {
    for (const auto clear : {&v1::Round::clear_programs, &v1::Round::clear_studios,
                             &v1::Round::clear_reserves, &v1::Round::clear_pairs}) {
      (round.*clear)();  // As in a listing: it can be long, and the caller has it.
    }
    session.PrintJson(round);
  } else {
    v1::ReportRoundRequest request;
    request.set_name(round.name());
    TROUPE_ASSIGN_OR_RETURN(
        const v1::RoundReport report,
        connection.AskPatiently(&Placements::ReportRound, request));
    PrintOutcome(round, report, session);
  }
  if (!options.certificate.empty()) {
    TROUPE_RETURN_IF_ERROR(SaveCertificate(round.name(), options.certificate, session));
  }
  if (options.placements.empty()) return absl::OkStatus();
  TROUPE_RETURN_IF_ERROR(SavePlacements(round.name(), false, options.placements, session));
  if (!session.json()) session.out() << "placements  " << options.placements << "\n";
  return absl::OkStatus();
}

}  // namespace troupe

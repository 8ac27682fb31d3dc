#include "services/cli/market_tables.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "matcher/base/status_macros.h"
#include "matcher/domain/data_table.h"
#include "matcher/domain/gazetteer.h"
#include "matcher/domain/role_taxonomy.h"
#include "services/cli/cli_tables.h"

namespace troupe {
namespace {

std::vector<std::string> Split(absl::string_view cell) {
  return absl::StrSplit(cell, '|', absl::SkipEmpty());
}

absl::StatusOr<int64_t> NumberIn(const DataRow& row, size_t cell) {
  int64_t number = 0;
  if (absl::SimpleAtoi(row.cells[cell], &number) && number >= 0) return number;
  return row.Error("holds no number where one is due");
}

absl::Status AddWeight(const DataRow& row, std::vector<int64_t>& running) {
  TROUPE_ASSIGN_OR_RETURN(const int64_t weight, NumberIn(row, 1));
  running.push_back((running.empty() ? 0 : running.back()) + weight);
  return absl::OkStatus();
}

absl::StatusOr<MarketRole::Phase> PhaseIn(const DataRow& row, size_t cell) {
  const std::string& phase = row.cells[cell];
  if (phase == "before") return MarketRole::Phase::kBefore;
  if (phase == "shoot") return MarketRole::Phase::kShoot;
  if (phase == "after") return MarketRole::Phase::kAfter;
  if (phase == "any") return MarketRole::Phase::kAny;
  return row.Error("names no phase");
}

absl::Status AddRole(const DataRow& row, MarketTables& tables) {
  MarketRole role;
  role.role = row.cells[0];
  if (ShippedRoles().Find(role.role) == nullptr) return row.Error("names no role of the taxonomy");
  TROUPE_RETURN_IF_ERROR(AddWeight(row, tables.role_weights));
  TROUPE_ASSIGN_OR_RETURN(role.day_rate, NumberIn(row, 2));
  TROUPE_ASSIGN_OR_RETURN(role.crew_per_mille, NumberIn(row, 3));
  TROUPE_ASSIGN_OR_RETURN(role.seats_from, NumberIn(row, 4));
  TROUPE_ASSIGN_OR_RETURN(role.seats_to, NumberIn(row, 5));
  TROUPE_ASSIGN_OR_RETURN(role.phase, PhaseIn(row, 6));
  role.skills = Split(row.cells[8]);
  role.credentials = Split(row.cells[9]);
  tables.roles.push_back(std::move(role));
  return absl::OkStatus();
}

absl::Status ReadRoles(MarketTables& tables) {
  TROUPE_ASSIGN_OR_RETURN(
      const std::vector<DataRow> rows,
      ReadDataTable("market_roles", data::kMarketRoles,
                    {"role", "weight", "day_rate", "crew", "seats_from", "seats_to", "phase",
                     "near", "skills", "credentials"}));
  for (const DataRow& row : rows) TROUPE_RETURN_IF_ERROR(AddRole(row, tables));
  for (size_t i = 0; i < rows.size(); ++i) {
    for (const std::string& near : Split(rows[i].cells[7])) {
      const int64_t at = tables.FindRole(near);
      if (at < 0) return rows[i].Error("names a near role that has no row");
      tables.roles[i].near.push_back(static_cast<size_t>(at));
    }
  }
  return absl::OkStatus();
}

absl::Status ReadPlaces(MarketTables& tables) {
  TROUPE_ASSIGN_OR_RETURN(
      const std::vector<DataRow> rows,
      ReadDataTable("market_places", data::kMarketPlaces, {"place", "weight", "dialect"}));
  for (const DataRow& row : rows) {
    if (ShippedPlaces().Find(row.cells[0]) == nullptr) {
      return row.Error("names no place of the gazetteer");
    }
    TROUPE_RETURN_IF_ERROR(AddWeight(row, tables.place_weights));
    tables.places.push_back({.place = row.cells[0], .dialect = row.cells[2]});
  }
  return absl::OkStatus();
}

absl::Status ReadVocabulary(MarketTables& tables) {
  TROUPE_ASSIGN_OR_RETURN(
      const std::vector<DataRow> genres,
      ReadDataTable("market_genres", data::kMarketGenres, {"genre", "weight", "name"}));
  for (const DataRow& row : genres) {
    TROUPE_RETURN_IF_ERROR(AddWeight(row, tables.genre_weights));
    tables.genres.push_back({row.cells[0], row.cells[2]});
  }
  TROUPE_ASSIGN_OR_RETURN(const std::vector<DataRow> tags,
                          ReadDataTable("market_tags", data::kMarketTags, {"tag", "name"}));
  for (const DataRow& row : tags) tables.tags.push_back({row.cells[0], row.cells[1]});
  TROUPE_ASSIGN_OR_RETURN(const std::vector<DataRow> words,
                          ReadDataTable("market_words", data::kMarketWords, {"kind", "words"}));
  for (const DataRow& row : words) tables.words[row.cells[0]] = Split(row.cells[1]);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MarketTables> MarketTables::Parse() {
  MarketTables tables;
  TROUPE_RETURN_IF_ERROR(ReadRoles(tables));
  TROUPE_RETURN_IF_ERROR(ReadPlaces(tables));
  TROUPE_RETURN_IF_ERROR(ReadVocabulary(tables));
  return tables;
}

int64_t MarketTables::FindRole(absl::string_view role) const {
  for (size_t i = 0; i < roles.size(); ++i) {
    if (roles[i].role == role) return static_cast<int64_t>(i);
  }
  return -1;
}

const MarketTables& ShippedMarketTables() {
  static const MarketTables* const tables = new MarketTables(MarketTables::Parse().value());
  return *tables;
}

}  // namespace troupe

#include "tests/testing/certificate_json.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace troupe::testing {
namespace {

using Json = nlohmann::ordered_json;

const std::string& IdOf(const std::string& row) { return row; }
template <typename Row>
const std::string& IdOf(const Row& row) {
  return row.id;
}

template <typename Rows>
Json IdAt(const Rows& rows, uint32_t row) {
  if (row == kNoRow) return nullptr;
  return row < rows.size() ? IdOf(rows[row]) : "nowhere";
}

template <typename Rows>
Json ListAt(const RankedLists& lists, size_t row, const Rows& rows) {
  Json groups = Json::array();
  for (size_t i = 0; i < lists[row].size(); ++i) {
    if (i == 0 || lists.RankAt(row, i) != lists.RankAt(row, i - 1)) groups.push_back(Json::array());
    groups.back().push_back(IdAt(rows, lists[row][i]));
  }
  return groups;
}

Json GraduatesOf(const Instance& instance) {
  Json rows = Json::array();
  for (size_t i = 0; i < instance.graduates.size(); ++i) {
    rows.push_back({{"id", instance.graduates[i]},
                    {"wishes", ListAt(instance.wishes, i, instance.programs)}});
  }
  return rows;
}

Json ProgramsOf(const Instance& instance) {
  Json rows = Json::array();
  for (size_t i = 0; i < instance.programs.size(); ++i) {
    const ProgramRow& program = instance.programs[i];
    Json row = {{"id", program.id},
                {"capacity", program.capacity},
                {"priorities", ListAt(instance.priorities, i, instance.graduates)}};
    if (program.studio != kNoRow) row["studio"] = IdAt(instance.studios, program.studio);
    if (program.region != kNoRow) row["region"] = IdAt(instance.regions, program.region);
    rows.push_back(row);
  }
  return rows;
}

Json StudiosOf(const Instance& instance) {
  Json rows = Json::array();
  for (size_t i = 0; i < instance.studios.size(); ++i) {
    rows.push_back({{"id", instance.studios[i].id},
                    {"capacity", instance.studios[i].capacity},
                    {"priorities", ListAt(instance.studio_priorities, i, instance.graduates)}});
  }
  return rows;
}

Json RegionsOf(const Instance& instance) {
  Json rows = Json::array();
  for (const Region& region : instance.regions) {
    Json row = {{"id", region.id}, {"floor", region.floor}};
    if (region.cap != kNoCap) row["cap"] = region.cap;
    rows.push_back(row);
  }
  return rows;
}

Json GroupsOf(const Instance& instance) {
  Json rows = Json::array();
  for (const Group& group : instance.groups) {
    Json members = Json::array();
    for (uint32_t member : group.members) members.push_back(IdAt(instance.graduates, member));
    rows.push_back({{"id", group.id}, {"members", members}});
  }
  return rows;
}

Json ReservesOf(const Instance& instance) {
  Json rows = Json::array();
  for (const Reserve& reserve : instance.reserves) {
    rows.push_back({{"program", IdAt(instance.programs, reserve.program)},
                    {"group", IdAt(instance.groups, reserve.group)},
                    {"seats", reserve.seats},
                    {"before_open", reserve.before_open},
                    {"reverts", reserve.reverts}});
  }
  return rows;
}

Json PairsOf(const Instance& instance) {
  Json rows = Json::array();
  for (const LinkedPair& pair : instance.pairs) {
    Json wishes = Json::array();
    for (const ProgramPair& wish : pair.wishes) {
      wishes.push_back({IdAt(instance.programs, wish.first), IdAt(instance.programs, wish.second)});
    }
    rows.push_back({{"first", IdAt(instance.graduates, pair.first)},
                    {"second", IdAt(instance.graduates, pair.second)},
                    {"wishes", wishes}});
  }
  return rows;
}

Json RankOrNull(uint32_t rank) { return rank == kNoRow ? Json(nullptr) : Json(rank); }

Json CutoffsOf(const Instance& instance, const Cutoffs& cutoffs) {
  Json json = {
      {"programs", Json::object()}, {"studios", Json::object()}, {"reserves", Json::array()}};
  for (size_t i = 0; i < cutoffs.programs.size(); ++i) {
    json["programs"][instance.programs[i].id] = RankOrNull(cutoffs.programs[i]);
  }
  for (size_t i = 0; i < cutoffs.studios.size(); ++i) {
    json["studios"][instance.studios[i].id] = RankOrNull(cutoffs.studios[i]);
  }
  for (uint32_t rank : cutoffs.reserves) json["reserves"].push_back(RankOrNull(rank));
  return json;
}

Json BreachesJson(const Instance& instance, const std::vector<Breach>& breaches) {
  Json rows = Json::array();
  for (const Breach& breach : breaches) {
    Json row = {{"kind", BreachWord(breach.kind)}};
    if (breach.kind == Breach::Kind::kBlockingPair) {
      row["pair"] = breach.row;
      row["wish"] = breach.graduate;
    } else {
      row["graduate"] = IdAt(instance.graduates, breach.graduate);
      row["program"] = IdAt(instance.programs, breach.program);
    }
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

nlohmann::ordered_json ToJson(const Certificate& certificate) {
  const Instance& instance = certificate.instance;
  Json matching = Json::object();
  for (size_t i = 0; i < instance.graduates.size(); ++i) {
    matching[instance.graduates[i]] = IdAt(instance.programs, certificate.placement.program_of[i]);
  }
  return {{"format", kCertificateFormat},
          {"version", certificate.version},
          {"mechanism", MechanismWord(certificate.mechanism)},
          {"seed", absl::StrCat(certificate.seed)},
          {"instance",
           {{"graduates", GraduatesOf(instance)},
            {"programs", ProgramsOf(instance)},
            {"studios", StudiosOf(instance)},
            {"regions", RegionsOf(instance)},
            {"groups", GroupsOf(instance)},
            {"reserves", ReservesOf(instance)},
            {"pairs", PairsOf(instance)}}},
          {"matching", matching},
          {"cutoffs", CutoffsOf(instance, certificate.placement.cutoffs)},
          {"breaches", BreachesJson(instance, certificate.breaches)}};
}

}  // namespace troupe::testing

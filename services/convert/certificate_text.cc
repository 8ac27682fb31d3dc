#include "services/convert/certificate_text.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "nlohmann/json.hpp"

namespace troupe {
namespace {

using Json = nlohmann::ordered_json;
using Write = absl::FunctionRef<void(absl::string_view)>;

const std::string& IdOf(const std::string& row) { return row; }
template <typename Row>
const std::string& IdOf(const Row& row) {
  return row.id;
}

// Rows that are no rows are "nowhere", which whoever checks finds.
template <typename Rows>
Json IdAt(const Rows& rows, uint32_t row) {
  if (row == kNoRow) return nullptr;
  return row < rows.size() ? IdOf(rows[row]) : "nowhere";
}

template <typename Rows>
Json ListAt(const RankedLists& lists, size_t row, const Rows& rows) {
  Json tiers = Json::array();
  for (size_t i = 0; i < lists[row].size(); ++i) {
    if (i == 0 || lists.RankAt(row, i) != lists.RankAt(row, i - 1)) tiers.push_back(Json::array());
    tiers.back().push_back(IdAt(rows, lists[row][i]));
  }
  return tiers;
}

Json ProgramAt(const Instance& instance, size_t i) {
  const ProgramRow& program = instance.programs[i];
  Json row = {{"id", program.id},
              {"capacity", program.capacity},
              {"priorities", ListAt(instance.priorities, i, instance.graduates)}};
  if (program.studio != kNoRow) row["studio"] = IdAt(instance.studios, program.studio);
  if (program.region != kNoRow) row["region"] = IdAt(instance.regions, program.region);
  return row;
}

Json StudioAt(const Instance& instance, size_t i) {
  return {{"id", instance.studios[i].id},
          {"capacity", instance.studios[i].capacity},
          {"priorities", ListAt(instance.studio_priorities, i, instance.graduates)}};
}

Json RowOf(const Instance&, const Region& region) {
  Json row = {{"id", region.id}, {"floor", region.floor}};
  if (region.cap != kNoCap) row["cap"] = region.cap;
  return row;
}

Json RowOf(const Instance& instance, const Group& group) {
  Json members = Json::array();
  for (const uint32_t member : group.members) members.push_back(IdAt(instance.graduates, member));
  return {{"id", group.id}, {"members", std::move(members)}};
}

Json RowOf(const Instance& instance, const Reserve& reserve) {
  return {{"program", IdAt(instance.programs, reserve.program)},
          {"group", IdAt(instance.groups, reserve.group)},
          {"seats", reserve.seats},
          {"before_open", reserve.before_open},
          {"reverts", reserve.reverts}};
}

Json RowOf(const Instance& instance, const LinkedPair& pair) {
  Json wishes = Json::array();
  for (const ProgramPair& wish : pair.wishes) {
    wishes.push_back({IdAt(instance.programs, wish.first), IdAt(instance.programs, wish.second)});
  }
  return {{"first", IdAt(instance.graduates, pair.first)},
          {"second", IdAt(instance.graduates, pair.second)},
          {"wishes", std::move(wishes)}};
}

Json RowOf(const Instance& instance, const Breach& breach) {
  Json row = {{"kind", BreachWord(breach.kind)}};
  if (breach.kind == Breach::Kind::kBlockingPair) {
    row["pair"] = breach.row;
    row["wish"] = breach.graduate;
  } else {
    row["graduate"] = IdAt(instance.graduates, breach.graduate);
    row["program"] = IdAt(instance.programs, breach.program);
  }
  return row;
}

Json RankOrNull(uint32_t rank) { return rank == kNoRow ? Json(nullptr) : Json(rank); }

// One JSON object, a row at a time.
class Text {
 public:
  explicit Text(Write write) : write_(write) {}

  void Open(absl::string_view name, char bracket) {
    Comma();
    if (!name.empty()) write_(absl::StrCat(Json(std::string(name)).dump(), ":"));
    write_(absl::string_view(&bracket, 1));
    write_("\n");
    is_first_ = true;
  }
  void Close(char bracket) {
    write_("\n");
    write_(absl::string_view(&bracket, 1));
    is_first_ = false;
  }
  void Member(absl::string_view name, const Json& value) {
    Comma();
    write_(absl::StrCat(Json(std::string(name)).dump(), ":", value.dump()));
  }
  void Row(const Json& value) {
    Comma();
    write_(value.dump());
  }
  template <typename At>
  void Rows(absl::string_view name, size_t count, At at) {
    Open(name, '[');
    for (size_t i = 0; i < count; ++i) Row(at(i));
    Close(']');
  }

 private:
  void Comma() {
    if (!is_first_) write_(",\n");
    is_first_ = false;
  }

  const Write write_;
  bool is_first_ = true;
};

void WriteInstance(const Instance& instance, Text& text) {
  text.Open("instance", '{');
  text.Rows("graduates", instance.graduates.size(), [&](size_t i) {
    return Json{{"id", instance.graduates[i]},
                {"wishes", ListAt(instance.wishes, i, instance.programs)}};
  });
  text.Rows("programs", instance.programs.size(),
            [&](size_t i) { return ProgramAt(instance, i); });
  text.Rows("studios", instance.studios.size(), [&](size_t i) { return StudioAt(instance, i); });
  const auto rows = [&](absl::string_view name, const auto& values) {
    text.Rows(name, values.size(), [&](size_t i) { return RowOf(instance, values[i]); });
  };
  rows("regions", instance.regions);
  rows("groups", instance.groups);
  rows("reserves", instance.reserves);
  rows("pairs", instance.pairs);
  text.Close('}');
}

void WriteCutoffs(const Instance& instance, const Cutoffs& cutoffs, Text& text) {
  text.Open("cutoffs", '{');
  const auto by_id = [&](absl::string_view name, const auto& rows,
                         const std::vector<uint32_t>& ranks) {
    text.Open(name, '{');
    for (size_t i = 0; i < ranks.size(); ++i) text.Member(rows[i].id, RankOrNull(ranks[i]));
    text.Close('}');
  };
  by_id("programs", instance.programs, cutoffs.programs);
  by_id("studios", instance.studios, cutoffs.studios);
  text.Rows("reserves", cutoffs.reserves.size(),
            [&](size_t i) { return RankOrNull(cutoffs.reserves[i]); });
  text.Close('}');
}

}  // namespace

void WriteCertificate(const Certificate& certificate, Write write) {
  const Instance& instance = certificate.instance;
  Text text(write);
  text.Open("", '{');
  text.Member("format", std::string(kCertificateFormat));
  text.Member("version", certificate.version);
  text.Member("mechanism", std::string(MechanismWord(certificate.mechanism)));
  text.Member("seed", absl::StrCat(certificate.seed));
  WriteInstance(instance, text);
  text.Open("matching", '{');
  for (size_t i = 0; i < instance.graduates.size(); ++i) {
    text.Member(instance.graduates[i],
                IdAt(instance.programs, certificate.placement.program_of[i]));
  }
  text.Close('}');
  WriteCutoffs(instance, certificate.placement.cutoffs, text);
  text.Rows("breaches", certificate.breaches.size(),
            [&](size_t i) { return RowOf(instance, certificate.breaches[i]); });
  text.Close('}');
  write("\n");
}

}  // namespace troupe

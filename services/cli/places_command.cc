#include <memory>

#include "absl/strings/str_format.h"
#include "matcher/domain/gazetteer.h"
#include "nlohmann/json.hpp"
#include "services/cli/command.h"
#include "services/cli/table.h"

namespace troupe {
namespace {

const char* KindOf(const Place& place) {
  switch (place.kind) {
    case PlaceKind::kProvince: return "province";
    case PlaceKind::kCity: return "city";
    case PlaceKind::kDistrict: return "district";
    case PlaceKind::kSite: return "site";
  }
  return "";
}

std::string ParentOf(const Place& place) {
  if (place.parent == Place::kNoParent) return "";
  return ShippedPlaces().places()[static_cast<size_t>(place.parent)].id;
}

void PrintJson(std::ostream& out) {
  for (const Place& place : ShippedPlaces().places()) {
    const nlohmann::ordered_json line = {
        {"id", place.id},           {"kind", KindOf(place)},
        {"parent", ParentOf(place)}, {"name_zh", place.name_zh},
        {"name_en", place.name_en}, {"latitude", place.latitude},
        {"longitude", place.longitude}};
    out << line.dump() << "\n";
  }
}

absl::Status ShowPlaces(bool ids, Session& session) {
  if (session.json()) {
    PrintJson(session.out());
    return absl::OkStatus();
  }
  Table table({{.title = "place"}, {.title = "kind"}, {.title = "within"}, {.title = "name"},
               {.title = ""}, {.title = "latitude", .right = true},
               {.title = "longitude", .right = true}});
  for (const Place& place : ShippedPlaces().places()) {
    if (ids) session.out() << place.id << "\n";
    table.AddRow({place.id, KindOf(place), ParentOf(place), place.name_en, place.name_zh,
                  absl::StrFormat("%.3f", place.latitude),
                  absl::StrFormat("%.3f", place.longitude)});
  }
  if (!ids) table.Print(session.streams());
  return absl::OkStatus();
}

}  // namespace

void AddPlacesCommand(CLI::App& app, Action& chosen) {
  auto ids = std::make_shared<bool>(false);
  CLI::App& command = *app.add_subcommand("places", "Show the gazetteer; needs no server");
  command.add_flag("--ids", *ids, "Only the ids, one a line");
  command.callback([ids, &chosen] {
    chosen = [ids](Session& session) { return ShowPlaces(*ids, session); };
  });
}

}  // namespace troupe

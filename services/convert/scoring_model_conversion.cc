#include "services/convert/scoring_model_conversion.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "matcher/domain/role_taxonomy.h"
#include "matcher/index/terms.h"
#include "services/convert/resource_names.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr absl::string_view kModels = "scoringModels/";
constexpr absl::string_view kIdForm = "1 to 63 of a-z, 0-9 and \"-\" that begin with a letter";

std::optional<ModelName> ModelNameOf(absl::string_view name) {
  if (!absl::ConsumePrefix(&name, kModels)) return std::nullopt;
  ModelName parsed;
  const size_t at = name.find('@');
  if (at != absl::string_view::npos) {
    const absl::string_view digits = name.substr(at + 1);
    if (digits.empty() || digits[0] == '0' || !absl::SimpleAtoi(digits, &parsed.version) ||
        !std::all_of(digits.begin(), digits.end(), absl::ascii_isdigit)) {
      return std::nullopt;
    }
  }
  parsed.id = std::string(name.substr(0, at));
  // The form that organizations are named in.
  if (!IsOrganizationSlug(parsed.id)) return std::nullopt;
  return parsed;
}

v1::RegimeWeights ToWire(const KeptWeights& kept, const std::vector<std::string>& features) {
  v1::RegimeWeights wire;
  for (size_t i = 0; i < kept.weights.size(); ++i) {
    if (kept.weights[i] != 0) (*wire.mutable_weights())[features[i]] = kept.weights[i];
  }
  wire.set_questions(kept.questions);
  wire.set_loss_millionths(kept.loss_millionths);
  wire.set_chance_loss_millionths(kept.chance_loss_millionths);
  return wire;
}

// Reports what only the server gives, and the client did.
void CheckUnset(bool is_set, const std::string& field, Violations& found) {
  if (is_set) found.Add(field, "is set", "leave it out: the server gives it");
}

std::optional<Weights> ReadWeights(const v1::RegimeWeights& wire, const std::string& field,
                                   Violations& found) {
  CheckUnset(wire.questions() != 0, field + ".questions", found);
  CheckUnset(wire.loss_millionths() != 0, field + ".loss_millionths", found);
  CheckUnset(wire.chance_loss_millionths() != 0, field + ".chance_loss_millionths", found);
  if (wire.weights().empty()) return std::nullopt;
  const absl::StatusOr<Weights> weights =
      MakeWeights({wire.weights().begin(), wire.weights().end()});
  for (const FieldViolation& violation : ViolationsOf(weights.status())) {
    found.Add(absl::StrCat(field, ".", violation.field), violation.problem, violation.fix);
  }
  if (!weights.ok()) return std::nullopt;
  return *weights;
}

}  // namespace

std::string FormatName(const ModelName& name) {
  if (name.version == 0) return absl::StrCat(kModels, name.id);
  return absl::StrCat(kModels, name.id, "@", name.version);
}

absl::StatusOr<ModelName> ParseModelName(absl::string_view name, absl::string_view field) {
  const std::optional<ModelName> parsed = ModelNameOf(name);
  if (parsed.has_value()) return *parsed;
  return InvalidField(field, name.empty() ? "is empty" : "is not a name of this kind",
                      absl::StrCat("give ", kModels, " and ", kIdForm,
                                   "; with @ and a number for a certain version"));
}

void CheckModelId(absl::string_view id, absl::string_view field, Violations& found) {
  if (IsOrganizationSlug(id)) return;
  found.Add(field, id.empty() ? "is empty" : "is not an id of a model",
            absl::StrCat("give ", kIdForm));
}

v1::ScoringModel ToWire(const ModelHistory& model, const ModelVersion& version,
                        uint64_t etag_version, ModelDetail detail) {
  v1::ScoringModel wire;
  wire.set_name(FormatName(ModelName{model.id, version.number}));
  wire.set_etag(FormatEtag(etag_version));
  wire.set_organization(FormatName(model.owner));
  *wire.mutable_create_time() = ToWire(version.create_time);
  wire.set_version(static_cast<int32_t>(version.number));
  wire.set_feature_version(absl::StrCat(absl::Hex(version.feature_version, absl::kZeroPad16)));
  if (version.until.has_value()) {
    *wire.mutable_learned()->mutable_until() = ToWire(*version.until);
    wire.mutable_learned()->set_seed(version.seed);
    wire.mutable_learned()->set_from_outcomes(version.from_outcomes);
  }
  if (detail == ModelDetail::kHead) return wire;
  for (const KeptRole& role : version.roles) {
    v1::RoleWeights& weights = *wire.add_roles();
    weights.set_role(role.role);
    *weights.mutable_cold() =
        ToWire(role.by_regime[static_cast<size_t>(Regime::kCold)], version.features);
    *weights.mutable_warm() =
        ToWire(role.by_regime[static_cast<size_t>(Regime::kWarm)], version.features);
  }
  return wire;
}

ModelVersion FromWire(const v1::ScoringModel& wire, const std::string& field, Violations& found) {
  CheckUnset(!wire.name().empty(), field + ".name", found);
  CheckUnset(!wire.etag().empty(), field + ".etag", found);
  CheckUnset(!wire.organization().empty(), field + ".organization", found);
  CheckUnset(wire.has_create_time(), field + ".create_time", found);
  CheckUnset(wire.version() != 0, field + ".version", found);
  CheckUnset(wire.has_learned(), field + ".learned", found);
  CheckUnset(!wire.feature_version().empty(), field + ".feature_version", found);
  if (wire.roles().empty()) {
    found.Add(field + ".roles", "is empty", "give the weights of at least one role");
  }
  if (static_cast<size_t>(wire.roles_size()) > ShippedRoles().roles().size()) {
    found.Add(field + ".roles", absl::StrCat("has ", wire.roles_size(), " entries"),
              "give each role once");
    return {};
  }
  std::vector<LearnedRole> roles;
  std::set<RoleIndex> seen;
  for (int i = 0; i < wire.roles_size(); ++i) {
    const std::string entry = absl::StrCat(field, ".roles[", i, "]");
    const v1::RoleWeights& weights = wire.roles(i);
    LearnedRole& role = roles.emplace_back();
    role.role = RoleIndexOf(weights.role());
    if (role.role == kNone) {
      found.Add(entry + ".role", "is not a role of the taxonomy",
                "use an id that `troupe roles` lists");
    } else if (!seen.insert(role.role).second) {
      found.Add(entry + ".role", "is that of an entry before", "give each role once");
    }
    role.by_regime[static_cast<size_t>(Regime::kCold)].weights =
        ReadWeights(weights.cold(), entry + ".cold", found);
    role.by_regime[static_cast<size_t>(Regime::kWarm)].weights =
        ReadWeights(weights.warm(), entry + ".warm", found);
    if (weights.cold().weights().empty() && weights.warm().weights().empty()) {
      found.Add(entry, "has no weights", "give those of cold, of warm, or of both");
    }
  }
  if (!found.empty()) return {};
  std::sort(roles.begin(), roles.end(),
            [](const LearnedRole& a, const LearnedRole& b) { return a.role < b.role; });
  return MakeModelVersion(roles);
}

}  // namespace troupe

#include "services/convert/credit_conversion.h"

#include "services/convert/message_fields.h"
#include "services/convert/types_conversion.h"

namespace troupe {
namespace {

constexpr size_t kMostLabels = 50;

}  // namespace

Credit FromWire(const v1::Credit& wire, const Field& field) {
  Credit credit;
  credit.production = wire.production();
  credit.title = wire.title();
  credit.role = wire.role();
  credit.job = wire.job();
  if (wire.has_cast_order()) credit.cast_order = wire.cast_order();
  if (wire.has_date()) credit.date = FromWire(wire.date(), field["date"]);
  credit.genres = ReadAll(field["genres"], wire.genres(), kMostLabels);
  credit.tags = ReadAll(field["tags"], wire.tags(), kMostLabels);
  credit.companies = ReadAll(field["companies"], wire.companies(), kMostLabels);
  credit.countries = ReadTexts(wire.countries());
  credit.original_language = wire.original_language();
  if (wire.has_budget()) credit.budget = FromWire(wire.budget(), field["budget"]);
  return credit;
}

v1::Credit ToWire(const Credit& credit) {
  v1::Credit wire;
  wire.set_production(credit.production);
  wire.set_title(credit.title);
  wire.set_role(credit.role);
  wire.set_job(credit.job);
  if (credit.cast_order.has_value()) wire.set_cast_order(*credit.cast_order);
  if (credit.date.has_value()) *wire.mutable_date() = ToWire(*credit.date);
  WriteAll(credit.genres, *wire.mutable_genres());
  WriteAll(credit.tags, *wire.mutable_tags());
  WriteAll(credit.companies, *wire.mutable_companies());
  WriteTexts(credit.countries, *wire.mutable_countries());
  wire.set_original_language(credit.original_language);
  if (credit.budget.has_value()) *wire.mutable_budget() = ToWire(*credit.budget);
  return wire;
}

}  // namespace troupe

#include "matcher/index/offer_record.h"

namespace troupe {

void OfferRecords::Add(const Demand& demand) {
  const DemandScalars& scalars = demand.scalars;
  OfferRecord& record = records_.emplace_back();
  record.project = scalars.project;
  record.owner = scalars.owner;
  record.currency = scalars.ceiling.currency;
  record.units = scalars.ceiling.units;
  record.nanos = scalars.ceiling.nanos;
  record.number = scalars.opening_number;
  record.first_term = static_cast<uint32_t>(terms_.size());
  record.first_skill = static_cast<uint32_t>(skills_.size());
  terms_.push_back(scalars.language);
  terms_.push_back(scalars.budget_currency);
  const auto add = [this](const std::vector<Term>& terms) {
    terms_.insert(terms_.end(), terms.begin(), terms.end());
    return static_cast<uint16_t>(terms.size());
  };
  record.genres = add(demand.genres);
  record.tags = add(demand.tags);
  record.companies = add(demand.companies);
  record.countries = add(demand.countries);
  record.styles = add(demand.styles);
  record.languages = add(demand.languages);
  record.credentials = add(demand.credentials);
  record.skills = static_cast<uint16_t>(demand.skills.size());
  skills_.insert(skills_.end(), demand.skills.begin(), demand.skills.end());
}

absl::Span<const Term> OfferRecords::TermsOf(uint32_t row) const {
  const OfferRecord& record = records_[row];
  const size_t count = size_t{2} + record.genres + record.tags + record.companies +
                       record.countries + record.styles + record.languages + record.credentials;
  return absl::Span<const Term>(terms_.data() + record.first_term, count);
}

absl::Span<const WantedSkillRow> OfferRecords::SkillsOf(uint32_t row) const {
  const OfferRecord& record = records_[row];
  return absl::Span<const WantedSkillRow>(skills_.data() + record.first_skill, record.skills);
}

OfferWords OfferRecords::WordsOf(uint32_t row) const {
  const OfferRecord& record = records_[row];
  const Term* at = terms_.data() + record.first_term;
  OfferWords words{.language = at[0], .budget_currency = at[1]};
  at += 2;
  const auto take = [&at](uint16_t count) {
    const absl::Span<const Term> taken(at, count);
    at += count;
    return taken;
  };
  words.genres = take(record.genres);
  words.tags = take(record.tags);
  words.companies = take(record.companies);
  words.countries = take(record.countries);
  words.styles = take(record.styles);
  words.languages = take(record.languages);
  words.credentials = take(record.credentials);
  words.skills = SkillsOf(row);
  return words;
}

}  // namespace troupe

#ifndef TROUPE_MATCHER_DOMAIN_LABEL_H_
#define TROUPE_MATCHER_DOMAIN_LABEL_H_

#include <string>

namespace troupe {

// A word of a vocabulary and the name that people read. Only ids are compared
// when people are matched.
struct Label {
  std::string id;
  std::string name;  // Empty: the id is shown.

  const std::string& shown() const { return name.empty() ? id : name; }
  friend bool operator==(const Label&, const Label&) = default;
};

}  // namespace troupe

#endif  // TROUPE_MATCHER_DOMAIN_LABEL_H_

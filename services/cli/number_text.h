#ifndef TROUPE_SERVICES_CLI_NUMBER_TEXT_H_
#define TROUPE_SERVICES_CLI_NUMBER_TEXT_H_

#include <cstdint>
#include <string>

namespace troupe {

// "90,977".
std::string WithCommas(int64_t number);

// Millionths as a share of one: 734512 is "0.735".
std::string AsShare(int64_t millionths);

// "12 profiles", "1 profile".
std::string Counted(int64_t number, const std::string& noun);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_NUMBER_TEXT_H_

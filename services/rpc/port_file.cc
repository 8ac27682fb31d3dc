#include "services/rpc/port_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "matcher/base/violation.h"

namespace troupe {

absl::Status WritePortFile(const std::string& path, int port) {
  const std::string part = path + ".part";
  std::ofstream out(part, std::ios::trunc);
  out << port << "\n";
  out.close();
  if (out.good() && std::rename(part.c_str(), path.c_str()) == 0) return absl::OkStatus();
  const int error = errno;
  std::remove(part.c_str());
  return ErrorWithReason(
      absl::StatusCode::kUnavailable, "PORT_FILE",
      absl::StrCat("cannot write the port to ", path, ": ", std::strerror(error)));
}

}  // namespace troupe

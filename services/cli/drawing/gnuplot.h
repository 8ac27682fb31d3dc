#ifndef TROUPE_SERVICES_CLI_DRAWING_GNUPLOT_H_
#define TROUPE_SERVICES_CLI_DRAWING_GNUPLOT_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace troupe {

// The program that draws: gnuplot, of Debian's gnuplot-nox.
struct Gnuplot {
  std::string program = "gnuplot";              // Looked for in PATH.
  absl::Duration patience = absl::Seconds(60);  // Then it is ended.
};

// What `script` draws, as an <svg> element that can stand in a page beside others: it has
// no ids and no prologue, and is named `title` for those who hear it. What its plots show
// when they are pointed at is in `plot_texts`, in their order; further ones show nothing.
// Draws the same for the same script: gnuplot reads no settings of the user and gets
// nothing of the environment but PATH. `script` must set its own terminal, svg, and give
// no titles to plots; what texts it holds have to be quoted by gnuplot_text.h, since
// gnuplot can run commands.
// FAILED_PRECONDITION: reason NO_GNUPLOT, which says what to install; DRAWING_FAILED, with
// what gnuplot said.
absl::StatusOr<std::string> Draw(const Gnuplot& gnuplot, const std::string& script,
                                 const std::string& title,
                                 const std::vector<std::string>& plot_texts = {});

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_DRAWING_GNUPLOT_H_

#include "services/cli/drawing/gnuplot.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "absl/time/clock.h"
#include "matcher/base/status_macros.h"
#include "matcher/base/violation.h"
#include "services/cli/display_width.h"

namespace troupe {
namespace {

// An open file of this process.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() { Close(); }

  int number() const { return number_; }
  void Close() {
    if (number_ >= 0) close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

absl::Status Failed(const std::string& what) {
  return ErrorWithReason(absl::StatusCode::kFailedPrecondition, "DRAWING_FAILED",
                         absl::StrCat("gnuplot did not draw: ", what));
}

absl::Status NotThere(const std::string& program) {
  return ErrorWithReason(
      absl::StatusCode::kFailedPrecondition, "NO_GNUPLOT",
      absl::StrCat("there is no program ", program,
                   ", which draws the pictures: install it with \"apt-get install gnuplot-nox\""));
}

// A file in memory that holds `text`, to be read from its start.
absl::StatusOr<Descriptor> FileOf(const std::string& text) {
  Descriptor file(memfd_create("troupe-drawing", MFD_CLOEXEC));
  size_t written = 0;
  while (written < text.size()) {
    const ssize_t count =
        write(file.number(), text.data() + written, text.size() - written);
    if (count <= 0) return Failed("there is no memory for what it is to draw");
    written += static_cast<size_t>(count);
  }
  lseek(file.number(), 0, SEEK_SET);
  return file;
}

// All that can be read until the other end is closed, or `deadline`: then
// DEADLINE_EXCEEDED.
absl::StatusOr<std::string> ReadAll(int number, absl::Time deadline) {
  std::string text;
  std::array<char, 1 << 14> chunk;
  while (true) {
    const absl::Duration left = deadline - absl::Now();
    pollfd ready = {.fd = number, .events = POLLIN, .revents = 0};
    const int events =
        left > absl::ZeroDuration()
            ? poll(&ready, 1, static_cast<int>(absl::ToInt64Milliseconds(left)) + 1)
            : 0;
    if (events < 0 && errno == EINTR) continue;
    if (events <= 0) return absl::DeadlineExceededError("");
    const ssize_t count = read(number, chunk.data(), chunk.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return text;
    text.append(chunk.data(), static_cast<size_t>(count));
  }
}

// The start of what a program complained of.
std::string Complaint(const Descriptor& file) {
  std::array<char, 400> text;
  const ssize_t count = pread(file.number(), text.data(), text.size(), 0);
  if (count <= 0) return "it gave no reason";
  const std::string said = Printable(absl::string_view(text.data(), static_cast<size_t>(count)));
  return std::string(absl::StripAsciiWhitespace(said));
}

// What the program writes when it reads `script`.
absl::StatusOr<std::string> Run(const Gnuplot& gnuplot, const std::string& script) {
  TROUPE_ASSIGN_OR_RETURN(const Descriptor input, FileOf(script));
  TROUPE_ASSIGN_OR_RETURN(const Descriptor complaints, FileOf(""));
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return Failed("there are too many open files");
  const Descriptor output(ends[0]);
  Descriptor written(ends[1]);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input.number(), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, written.number(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, complaints.number(), STDERR_FILENO);
  std::string program = gnuplot.program;
  std::string no_settings = "-d";
  char* const arguments[] = {program.data(), no_settings.data(), nullptr};
  const char* const path = std::getenv("PATH");
  std::string path_entry = absl::StrCat("PATH=", path == nullptr ? "/usr/bin:/bin" : path);
  std::string locale_entry = "LC_ALL=C.UTF-8";
  char* const environment[] = {path_entry.data(), locale_entry.data(), nullptr};
  pid_t child = 0;
  const int error =
      posix_spawnp(&child, gnuplot.program.c_str(), &actions, nullptr, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return NotThere(gnuplot.program);

  written.Close();
  absl::StatusOr<std::string> drawn = ReadAll(output.number(), absl::Now() + gnuplot.patience);
  if (!drawn.ok()) kill(child, SIGKILL);
  int how = 0;
  while (waitpid(child, &how, 0) < 0 && errno == EINTR) {
  }
  if (!drawn.ok()) return Failed("it took too long");
  if (!WIFEXITED(how) || WEXITSTATUS(how) != 0) return Failed(Complaint(complaints));
  return drawn;
}

// Puts `instead` for every part of `text` from `start` to the next `end`, both
// included.
void ReplaceAll(const std::string& start, const std::string& end, const std::string& instead,
                std::string& text) {
  std::string replaced;
  size_t from = 0;
  while (true) {
    const size_t at = text.find(start, from);
    const size_t stop = at == std::string::npos ? at : text.find(end, at + start.size());
    if (stop == std::string::npos) break;
    absl::StrAppend(&replaced, absl::string_view(text).substr(from, at - from), instead);
    from = stop + end.size();
  }
  text = absl::StrCat(replaced, absl::string_view(text).substr(from));
}

std::string Escaped(const std::string& text) {
  return absl::StrReplaceAll(Printable(text),
                             {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

// What of a file that gnuplot wrote belongs into a page. Its texts cannot look
// like elements, since it writes "<" in them as "&lt;"; nor are they looked for
// with attributes, whose values hold no text of ours.
absl::StatusOr<std::string> Element(const std::string& file, const std::string& title,
                                    const std::vector<std::string>& plot_texts) {
  const size_t start = file.find("<svg");
  const size_t body = file.find("<g id=\"gnuplot_canvas\">");
  const size_t end = file.rfind("</svg>");
  const size_t box = file.find("viewBox=\"");
  if (start == std::string::npos || body == std::string::npos || end == std::string::npos ||
      box == std::string::npos) {
    return Failed("it wrote no picture");
  }
  const size_t box_end = file.find('"', box + 9);
  std::string text = file.substr(body, end - body);
  ReplaceAll("<defs>", "</defs>", "", text);
  ReplaceAll("<g id=\"", ">", "<g>", text);
  for (size_t i = 0; i < plot_texts.size(); ++i) {
    ReplaceAll(absl::StrCat("<title>gnuplot_plot_", i + 1, "<"), "/title>",
               absl::StrCat("<title>", Escaped(plot_texts[i]), "</title>"), text);
  }
  ReplaceAll("<title>gnuplot_plot_", "</title>", "", text);
  return absl::StrCat("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" ",
                      file.substr(box, box_end + 1 - box), " aria-label=\"", Escaped(title), "\">\n",
                      text, "</svg>\n");
}

}  // namespace

absl::StatusOr<std::string> Draw(const Gnuplot& gnuplot, const std::string& script,
                                 const std::string& title,
                                 const std::vector<std::string>& plot_texts) {
  TROUPE_ASSIGN_OR_RETURN(const std::string file, Run(gnuplot, script));
  return Element(file, title, plot_texts);
}

}  // namespace troupe

#include "services/cli/drawing/gnuplot_text.h"

#include <array>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "services/cli/display_width.h"

namespace troupe {

std::string Quoted(absl::string_view text) {
  return absl::StrCat("'", absl::StrReplaceAll(Printable(text), {{"'", "''"}, {"`", "’"}}), "'");
}

std::string Canvas(int width, int height) {
  return absl::StrFormat(
      "set encoding utf8\n"
      "set terminal svg size %d,%d dynamic noenhanced font 'sans-serif,13' fontscale 1\n"
      "set margins 0,0,0,0\nunset key\nunset border\nunset tics\n"
      "set xrange [0:%d]\nset yrange [%d:0]\n",
      width, height, width, height);
}

std::string ColourOf(size_t number) {
  constexpr std::array<const char*, 7> kColours = {"0072b2", "e69f00", "009e73", "cc79a7",
                                                   "56b4e9", "d55e00", "b8a900"};
  return kColours[number % kColours.size()];
}

}  // namespace troupe

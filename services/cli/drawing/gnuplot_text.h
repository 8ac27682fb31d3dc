#ifndef TROUPE_SERVICES_CLI_DRAWING_GNUPLOT_TEXT_H_
#define TROUPE_SERVICES_CLI_DRAWING_GNUPLOT_TEXT_H_

#include <string>

#include "absl/strings/string_view.h"

namespace troupe {

// `text` as gnuplot reads it in single quotes, where nothing is substituted.
// Control characters and grave accents, by which gnuplot runs commands elsewhere,
// become others.
std::string Quoted(absl::string_view text);

// The first lines of each picture's script: the terminal, of `width` x `height`
// pixels, with texts in the page's font and nothing drawn around the picture.
std::string Canvas(int width, int height);

// What a column of a terminal takes in these pictures, in pixels, about: texts
// are as wide as DisplayWidth says, in such columns.
inline constexpr double kColumnPixels = 7.2;

// Colours that people who confuse some can tell apart (Okabe and Ito 2008, without
// black), then the same again.
std::string ColourOf(size_t number);

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_DRAWING_GNUPLOT_TEXT_H_

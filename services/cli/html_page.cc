#include "services/cli/html_page.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/cli/display_width.h"
#include "services/cli/number_text.h"

namespace troupe {
namespace {

// For a screen first; then for paper, where a part is not broken over two pages.
constexpr char kStyle[] = R"(
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 28px; max-width: 880px; color: #1b1f26; background: #fff;
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei",
    "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", sans-serif; }
h1 { margin: 0; font-size: 26px; line-height: 1.25; }
h2 { margin: 0 0 8px; font-size: 17px; }
.sub { margin: 6px 0 20px; color: #5b6472; }
.facts { display: flex; flex-wrap: wrap; gap: 10px; margin-bottom: 24px; }
.fact { flex: 1 1 150px; padding: 10px 14px; border: 1px solid #d9dee6; border-radius: 6px; }
.facts.many .fact { flex-basis: 30%; }
.fact b { display: block; font-size: 24px; line-height: 1.25; font-variant-numeric: tabular-nums; }
.fact span { color: #5b6472; font-size: 13px; }
section, figure { margin: 0 0 26px; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; }
.wrap { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 14px; }
th { text-align: left; font-weight: 600; color: #5b6472; border-bottom: 1px solid #9aa1ab; }
th, td { padding: 4px 10px 4px 0; vertical-align: top; }
td { border-bottom: 1px solid #e8ebf0; }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
th.n { white-space: normal; }
.note { color: #5b6472; font-size: 13px; margin: 6px 0 0; }
footer { border-top: 1px solid #d9dee6; padding-top: 10px; color: #5b6472; font-size: 12px;
  overflow-wrap: anywhere; }
@page { size: A4; margin: 14mm 15mm; }
@media print { body { padding: 0; max-width: none; font-size: 10.5pt; } table { font-size: 9.5pt; }
  thead { display: table-header-group; } tr { break-inside: avoid; } .wrap { overflow: visible; }
  section.long { break-inside: auto; }
  * { -webkit-print-color-adjust: exact; print-color-adjust: exact; } }
)";

constexpr size_t kLongTable = 25;  // Rows: it may be broken over pages.
constexpr size_t kMostRows = 40;
constexpr int kLongText = 48;    // Columns: what is longer stands by itself in each language.
constexpr size_t kFactsOfRow = 5;  // More stand in rows of three.

}  // namespace

std::string EscapedForHtml(const std::string& text) {
  return absl::StrReplaceAll(Printable(text),
                             {{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}});
}

HtmlPage::HtmlPage(Language language, const std::string& title, const std::string& heading,
                   const std::string& subtitle)
    : language_(language) {
  absl::StrAppend(&page_, "<!DOCTYPE html>\n<html lang=\"",
                  language_ == Language::kChinese ? "zh-CN" : "en",
                  "\">\n<head>\n<meta charset=\"utf-8\" />\n"
                  "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\" />\n"
                  "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                  "style-src 'unsafe-inline'\" />\n<title>",
                  EscapedForHtml(title), "</title>\n<style>", kStyle,
                  "</style>\n</head>\n<body>\n<h1>", EscapedForHtml(heading),
                  "</h1>\n<p class=\"sub\">", subtitle, "</p>\n");
}

std::string HtmlPage::Say(const Phrase& phrase) const {
  const bool is_long = DisplayWidth(phrase.en) > kLongText && !phrase.zh.empty();
  if (language_ == Language::kBoth && is_long) {
    return absl::StrCat(EscapedForHtml(phrase.en), "<br />", EscapedForHtml(phrase.zh));
  }
  return EscapedForHtml(In(language_, phrase));
}

void HtmlPage::Add(const Phrase& text) {
  absl::StrAppend(&page_, "<p>", Say(text), "</p>\n");
}

void HtmlPage::Add(const std::vector<ReportFact>& facts) {
  absl::StrAppend(&page_, "<div class=\"facts", facts.size() > kFactsOfRow ? " many" : "",
                  "\">\n");
  for (const ReportFact& fact : facts) {
    absl::StrAppend(&page_, "<div class=\"fact\"><span>", Say(fact.name), "</span><b>",
                    Say(fact.value), "</b><span>", Say(fact.note), "</span></div>\n");
  }
  absl::StrAppend(&page_, "</div>\n");
}

void HtmlPage::AddPicture(const Phrase& title, const std::string& svg, const Phrase& note) {
  absl::StrAppend(&page_, "<figure>\n<h2>", Say(title), "</h2>\n", svg);
  if (!note.en.empty()) absl::StrAppend(&page_, "<p class=\"note\">", Say(note), "</p>\n");
  absl::StrAppend(&page_, "</figure>\n");
}

void HtmlPage::Add(const ReportTable& table) {
  absl::StrAppend(&page_, "<section", table.rows.size() > kLongTable ? " class=\"long\"" : "",
                  ">\n<h2>", Say(table.title), "</h2>\n");
  if (table.rows.empty()) {
    absl::StrAppend(&page_, "<p class=\"note\">", Say(table.nothing), "</p>\n</section>\n");
    return;
  }
  absl::StrAppend(&page_, "<div class=\"wrap\"><table>\n<thead><tr>");
  for (size_t i = 0; i < table.columns.size(); ++i) {
    const ReportCell& sample = table.rows.front()[i];
    if (sample.bar.has_value()) continue;  // The pictures show these.
    absl::StrAppend(&page_, "<th", sample.is_number ? " class=\"n\"" : "", ">",
                    Say(table.columns[i].title), "</th>");
  }
  absl::StrAppend(&page_, "</tr></thead>\n<tbody>\n");
  const size_t shown = std::min(table.rows.size(), kMostRows);
  for (size_t i = 0; i < shown; ++i) {
    absl::StrAppend(&page_, "<tr>");
    for (const ReportCell& cell : table.rows[i]) {
      if (cell.bar.has_value()) continue;
      absl::StrAppend(&page_, "<td", cell.is_number ? " class=\"n\"" : "", ">", Say(cell.text),
                      "</td>");
    }
    absl::StrAppend(&page_, "</tr>\n");
  }
  absl::StrAppend(&page_, "</tbody>\n</table></div>\n");
  if (shown < table.rows.size()) {
    const std::string more = WithCommas(static_cast<int64_t>(table.rows.size() - shown));
    absl::StrAppend(&page_, "<p class=\"note\">",
                    Say({absl::StrCat("and ", more, " more, in the CSV files of the report"),
                         absl::StrCat("另有 ", more, " 行，见报告的 CSV 文件")}),
                    "</p>\n");
  }
  if (!table.note.en.empty()) {
    absl::StrAppend(&page_, "<p class=\"note\">", Say(table.note), "</p>\n");
  }
  absl::StrAppend(&page_, "</section>\n");
}

std::string HtmlPage::Close(const std::string& footer) {
  absl::StrAppend(&page_, "<footer>", footer, "</footer>\n</body>\n</html>\n");
  return std::move(page_);
}

}  // namespace troupe

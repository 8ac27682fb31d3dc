#ifndef TROUPE_SERVICES_CLI_HTML_PAGE_H_
#define TROUPE_SERVICES_CLI_HTML_PAGE_H_

#include <string>
#include <vector>

#include "services/cli/placement/placement_words.h"
#include "services/cli/placement/report_tables.h"

namespace troupe {

// `text` as it stands in HTML.
std::string EscapedForHtml(const std::string& text);

// A report as one page of HTML that needs nothing else, to be read on a screen or printed
// on A4. Every text is escaped. Thread-compatible.
//
//   HtmlPage page(Language::kBoth, "Gaps", "Gaps 缺口", "2026-03-02");
//   page.Add(facts);
//   const std::string text = page.Close("what stands at its foot");
class HtmlPage {
 public:
  // `title` is the window's, `subtitle` HTML that stands below the heading.
  HtmlPage(Language language, const std::string& title, const std::string& heading,
           const std::string& subtitle);

  // A paragraph.
  void Add(const Phrase& text);
  void Add(const std::vector<ReportFact>& facts);
  void Add(const ReportTable& table);
  // A note below the picture may be empty.
  void AddPicture(const Phrase& title, const std::string& svg, const Phrase& note = {});

  // The whole page; `footer` is HTML.
  std::string Close(const std::string& footer);

  // In the page's language, or in both, long texts one below the other; escaped.
  std::string Say(const Phrase& phrase) const;

 private:
  Language language_;
  std::string page_;
};

}  // namespace troupe

#endif  // TROUPE_SERVICES_CLI_HTML_PAGE_H_

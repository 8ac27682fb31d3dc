#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "matcher/base/status_macros.h"
#include "services/cli/html_page.h"
#include "services/cli/placement/report_text.h"

namespace troupe {
namespace {

HtmlPage PageOf(const RoundFigures& figures, Language language) {
  const auto say = [&](const Phrase& phrase) { return EscapedForHtml(In(language, phrase)); };
  std::string subtitle = absl::StrCat(
      say({"Placement report", "安置报告"}), " · ",
      say(NameOf(figures.report.outcome().mechanism())), " · ", say({"seed", "种子"}), " ",
      figures.round.seed());
  if (figures.report.has_run_time()) {
    absl::StrAppend(&subtitle, " · ",
                    absl::FormatTime("%Y-%m-%d %H:%M UTC",
                                     absl::FromUnixSeconds(figures.report.run_time().seconds()),
                                     absl::UTCTimeZone()));
  }
  const std::string& title = figures.report.title();
  return HtmlPage(language,
                  absl::StrCat(title, " - ", In(language, {"placement", "毕业生安置"})), title,
                  subtitle);
}

std::string FooterOf(const RoundFigures& figures, const HtmlPage& page) {
  const std::string& sha = figures.round.result().certificate_sha256();
  return absl::StrCat(
      page.Say({"Anybody can check this placement: its certificate says who ranked whom and who "
                "went where, and deploy/verify_placement.py of Troupe computes again that the "
                "mechanism kept its promise.",
                "本结果可由任何人独立核验：证书记载各方排序与去向，Troupe 的 "
                "deploy/verify_placement.py 会重新计算并核对机制的承诺。"}),
      "<br />", EscapedForHtml(figures.report.round()), sha.empty() ? "" : " · SHA-256 ",
      EscapedForHtml(sha));
}

}  // namespace

absl::StatusOr<std::string> ReportPage(const RoundFigures& figures, Language language,
                                       const Gnuplot& gnuplot) {
  TROUPE_ASSIGN_OR_RETURN(const std::string choices,
                          Draw(gnuplot, ChoicePicture(figures, language)));
  TROUPE_ASSIGN_OR_RETURN(const std::string cities,
                          Draw(gnuplot, CityPicture(figures, language)));
  HtmlPage page = PageOf(figures, language);
  page.Add(FactsOf(figures));
  page.AddPicture({"By choice", "按志愿顺序"}, choices);
  page.AddPicture({"From cohorts to cities", "从班次到城市"}, cities);
  for (const ReportTable& table : TablesOf(figures)) page.Add(table);
  return page.Close(FooterOf(figures, page));
}

}  // namespace troupe

// SPDX-License-Identifier: Apache-2.0
// Opens a dossier of invented pages in chromium and uses it: filters, sorts, follows a claim to its
// bytes, goes through it by keyboard. Usage: vigie_browser_test FOLDER, where the pages and the
// pictures go. Exit 77 where there is no browser, 1 where a check failed.
#include "checks.hpp"
#include "dossier/dossier_sample.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace {

namespace fs = std::filesystem;
using namespace dossier_test;

// The dossier with a page on which everything is hostile; its claim is the first of the table.
std::string hostile_dossier() {
  std::vector<named_cells> rows = dossier();
  const std::string evil =
      "</script><script>window.pwned=1</script><img src=x onerror=\"window.pwned=1\">\" "
      "onmouseover=\"window.pwned=1 '--> \xE2\x80\xAE\xE2\x81\xA6 ${1} \\u003c";
  const source s{evil, evil, "javascript:window.pwned=1", evil, evil, "2018-01-01"};
  const named_cells a = page_row(s, {{"nav", evil, false},
                                     {"body", evil + std::string(20'000, 'w')},
                                     {"body", "a" + std::string(4000, '\xCC') + "\xCC\x81"},
                                     {"comment", evil + " Yann_du_Lac", false, true, evil}});
  rows.push_back(a);
  rows.push_back(claim_row(s, a, evil,
                           {"k9", "i0", evil, evil, evil, evil, evil, "2018-05-30", "2018-05-30",
                            evil, evil, true, evil}));
  rows.back()["incident_id"] = nullptr;
  rows.back()["from"] = rows.back()["to"] = day("2018-01-01");
  return page_of(table_of(rows), [](vigie::dossier::timeline& c) {
    c.title = "Un dossier d’essai";
    c.intro = "Des pages inventées.";
  });
}

// Five hundred claims of one page with names that are long, of either direction, and of letters
// that need no blanks.
std::string crowded_dossier() {
  const source s{"pages/" + std::string(120, 'p') + ".txt",
                 "Un titre",
                 "",
                 "وكالة أنباء الشمال المستقلة",
                 "",
                 "2018-01-01"};
  const std::vector<std::string> who{"ministère des Postes", "وزارة الاتصالات وتكنولوجيا المعلومات",
                                     "北方网络安全信息化办公室与通讯管理局",
                                     "Fernmeldeaufsichtsbehördenverwaltungsrat", "регулятор"};
  const std::vector<std::string> said{"Le ministère a fait couper la messagerie mardi.",
                                      "قطعت الوزارة خدمة المراسلة يوم الثلاثاء.",
                                      "周二该部门切断了通讯服务，四万名用户无法交流。",
                                      std::string(280, 'w'), "Регулятор отключил мессенджер."};
  std::vector<named_cells> rows;
  for (std::size_t i = 0; i < 500; ++i) {
    const std::string& text = said[i % 5];
    const named_cells a = page_row(s, {{"body", text}});
    if (i == 0) rows.push_back(a);
    const std::string day = "20" + std::to_string(10 + i * 7 % 10) + "-0" +
                            std::to_string(1 + i % 9) + "-" + std::to_string(10 + i % 18);
    rows.push_back(claim_row(s, a, text,
                             {"k" + std::to_string(i), "i" + std::to_string(i / 3),
                              i % 2 == 0 ? "block" : "interception", who[i % 5],
                              "boreale-" + std::to_string(i * 3 % 10 < 2 ? 7 : 1), "Varne", "ZZ-VA",
                              day, day, "asserted", "", true}));
  }
  return page_of(table_of(rows), [](vigie::dossier::timeline& c) { c.title = "Beaucoup"; });
}

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

int test(const std::string& chromedriver, const std::string& chromium, const fs::path& folder) {
  fs::create_directories(folder);
  const std::string html = hostile_dossier();
  write(folder / "dossier.html", html);
  std::string broken = html;
  broken.insert(broken.rfind("</script>"), "window.pwned = 1;");
  write(folder / "tampered.html", broken);
  write(folder / "many.html", crowded_dossier());
  std::string work = (fs::temp_directory_path() / "vigie-browser-XXXXXX").string();
  if (mkdtemp(work.data()) == nullptr) throw std::runtime_error("no folder for the browser");
  const std::string base = "file://" + fs::absolute(folder).string();
  int failed = 0;
  try {
    browser_test::driver d(chromedriver, chromium, work);
    failed = browser_test::run_checks(
        d, {base + "/dossier.html", base + "/tampered.html", base + "/many.html", folder.string()});
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(work, ignored);
    throw;
  }
  std::error_code ignored;
  fs::remove_all(work, ignored);
  return failed == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
  const auto chromedriver = browser_test::find_program({"chromedriver"});
  const auto chromium = browser_test::find_program({"chromium", "chromium-browser"});
  if (!chromedriver || !chromium) {
    std::puts("SKIPPED: chromium and chromedriver are not there (./dev deps browser)");
    return 77;
  }
  try {
    return test(*chromedriver, *chromium, argc > 1 ? argv[1] : "pictures");
  } catch (const std::exception& e) {
    std::printf("FAILED: %s\n", e.what());
    return 1;
  }
}

// SPDX-License-Identifier: Apache-2.0
// What is checked on a dossier page in a browser, one function a subject. Each takes a page that is
// freshly open. Failed checks are printed and counted. Tests only; one thread.
#pragma once

#include "driver.hpp"

#include <string>

namespace browser_test {

struct pages {
  // Of the page, of one whose script was tampered with, and of one with very many claims.
  std::string url, broken_policy_url, many_url;
  std::string pictures; // folder
};

// The number of checks that failed.
[[nodiscard]] int run_checks(driver& d, const pages& p);

} // namespace browser_test

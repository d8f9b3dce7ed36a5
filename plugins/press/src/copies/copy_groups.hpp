// SPDX-License-Identifier: Apache-2.0
// Groups of pages that are copies of one original, one page after the other in the order of
// press.copies. Called by press.copies once all pages are there. One thread; `host` outlives it.
// What does not fit into memory is in scratch files.
#pragma once

#include "copies/copy_finder.hpp"
#include "copies/known_page.hpp"
#include "spilled/record_sort.hpp"

namespace vigie::press {

inline constexpr const char* known_pages = "pages"; // in messages

class copy_groups {
public:
  struct row {
    known_page page;
    std::optional<copy_finder::original> copied; // nothing: it is the original
  };
  struct group {
    known_page original;
    std::int32_t pages = 0;
    std::string agency; // the original's, else of its first copy that names one
  };

  // Takes the pages, which have not been started, and forgets them. Throws E_RESOURCE where there
  // is neither memory nor disk, E_IO, E_CANCELLED.
  copy_groups(const host_services& host, double similarity, record_sort& pages);

  // False behind the last row.
  bool next();
  [[nodiscard]] const row& page() const { return page_; }
  [[nodiscard]] const group& of() const { return group_; }

private:
  void number(record_sort& pages);
  void find(double similarity);
  void place();
  bool next_group();

  const host_services& host_;
  record_list pages_; // in the order of rows: the number of a page is its place
  record_sort found_; // of each page its original, by number
  record_list rows_;  // of the result
  std::optional<record_list::reader> ahead_, here_; // of rows_
  bool more_ = false;                               // ahead_ stands at a row
  std::int32_t left_ = 0;                           // rows of the group
  group group_;
  row page_;
};

} // namespace vigie::press

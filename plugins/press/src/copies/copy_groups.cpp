// SPDX-License-Identifier: Apache-2.0
#include "copies/copy_groups.hpp"

#include "common/sorted/ordered_bytes.hpp"
#include "spilled/pack.hpp"

namespace vigie::press {
namespace {

std::string number_key(std::uint64_t n) {
  std::string out;
  sorted::put_number(n, out);
  return out;
}

// As rows_ holds it.
struct placed {
  std::uint64_t original = 0;
  copy_groups::row row;

  template <class Self, class Each> static void parts(Self& p, Each& each) {
    each(p.original);
    each(p.row.copied);
    each(p.row.page);
  }
};

} // namespace

copy_groups::copy_groups(const host_services& host, double similarity, record_sort& pages)
    : host_(host), pages_(host, known_pages), found_(host, known_pages), rows_(host, known_pages) {
  number(pages);
  find(similarity);
  place();
  ahead_.emplace(rows_);
  here_.emplace(rows_);
  more_ = ahead_->next();
}

void copy_groups::number(record_sort& pages) {
  for (pages.start(); pages.next();) pages_.add(pages.payload());
  pages.clear();
}

// Pages of agencies come first, so that each page meets the originals before it only.
void copy_groups::find(double similarity) {
  copy_finder finder(host_, similarity, copy_kind::near, copy_finder::want::nearest);
  const auto each = [this](std::uint64_t n, const std::optional<copy_finder::original>& copied) {
    found_.add(number_key(n), packed(copied));
  };
  for (const bool agencies : {true, false}) {
    std::uint64_t n = 0;
    for (record_list::reader r(pages_); r.next(); ++n) {
      const auto p = unpacked<known_page>(r.record());
      if (p.from_its_agency == agencies) finder.add(n, p.print, each);
    }
  }
  finder.finish(each);
}

// The original first, then its copies, each in the order of rows.
void copy_groups::place() {
  record_sort order(host_, known_pages);
  std::uint64_t n = 0;
  found_.start();
  for (record_list::reader r(pages_); r.next() && found_.next(); ++n) {
    placed p;
    p.row.copied = unpacked<std::optional<copy_finder::original>>(found_.payload());
    p.row.page = unpacked<known_page>(r.record());
    p.original = p.row.copied ? p.row.copied->number : n;
    std::string key = number_key(p.original);
    sorted::put_number(p.row.copied ? 1 : 0, key);
    sorted::put_number(n, key);
    order.add(key, packed(p));
  }
  found_.clear();
  pages_.clear();
  for (order.start(); order.next();) rows_.add(order.payload());
}

// Reads ahead to the end of the group.
bool copy_groups::next_group() {
  if (!more_) return false;
  auto p = unpacked<placed>(ahead_->record());
  const std::uint64_t original = p.original;
  group_ = {p.row.page, 0, {}};
  while (more_ && p.original == original) {
    ++group_.pages;
    if (group_.agency.empty()) group_.agency = p.row.page.agency;
    more_ = ahead_->next();
    if (more_) p = unpacked<placed>(ahead_->record());
  }
  left_ = group_.pages;
  return true;
}

bool copy_groups::next() {
  if (left_ == 0 && !next_group()) return false;
  --left_;
  here_->next();
  page_ = unpacked<placed>(here_->record()).row;
  return true;
}

} // namespace vigie::press

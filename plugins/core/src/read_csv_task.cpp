// SPDX-License-Identifier: Apache-2.0
#include "expr/wrong.hpp"
#include "read_csv.hpp"
#include "utf8.hpp"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

namespace vigie::core {
namespace {

constexpr std::size_t window_bytes = std::size_t{1} << 16U; // the index of so many stays in cache
constexpr std::size_t most_head_bytes = std::size_t{1} << 16U; // what the host gives of a head
constexpr std::size_t most_header_fields = std::size_t{1} << 20U;
constexpr std::size_t exact_places = std::size_t{1} << 14U; // indexed before rows are handed over

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string utf8_fault(std::string_view record) {
  const std::size_t bad = ill_formed_at(record);
  if (bad == std::string_view::npos) return {};
  return "not UTF-8: byte " + hex_byte(record[bad]) + " at offset " + std::to_string(bad) +
         " of the record; if the file has another encoding, set `encoding: auto`";
}

std::string quote_fault(const csv_record& r, std::size_t begin) {
  const std::string at = " at offset " + std::to_string(r.fault_at - begin) + " of the record";
  switch (r.fault) {
  case csv_fault::quote_inside:
    return "found a quote inside an unquoted field" + at +
           "; expected the whole field in quotes and its own quotes doubled; set `quotes: lax` to "
           "take such a quote as text, or `quote: \"\"` where the file has no quoting";
  case csv_fault::text_behind_quote:
    return "found text behind a closing quote" + at +
           "; expected a delimiter or a line end there; a quote within quotes is doubled";
  case csv_fault::open_at_line_end:
    return "a quote is still open" + at +
           ", where the line ends; expected it closed, as `newlines` is `none`";
  case csv_fault::open_at_end:
    return "a quote is still open where the input, or this part of it, ends; close it; if the file "
           "is whole, its parts were cut within a quoted field: set `newlines: none` where no "
           "field holds a line break, or run with a larger --split";
  case csv_fault::none: break;
  }
  return {};
}

error wrong_file(const std::string& name, const std::string& why) {
  return {VIGIE_E_DATA, "'" + name + "': " + why};
}

// What to do about a header that lacks a name: mostly the file is of another kind than was said.
std::string advice_for(const std::vector<std::string>& names, char delimiter) {
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    if (name.find('\0') != name.npos || ill_formed_at(name) != name.npos)
      return "; it is not UTF-8: say which `encoding` the file has, or `auto`";
    shown.push_back(expr::quoted(name));
  }
  for (const char other : {',', ';', '\t', '|'})
    if (names.size() == 1 && other != delimiter && names[0].find(other) != std::string::npos)
      return "; it is the one field " + shown[0] + ": is the `delimiter` '" +
             (other == '\t' ? std::string("\\t") : std::string(1, other)) + "'?";
  return "; it has " + expr::listed(shown) + ". Give its name there in `from`, or its place in " +
         "`index`";
}

} // namespace

read_csv::task::task(const read_csv& reader, const input& in, const task_info&)
    : reader_(reader), name_(in.name), begins_(in.begins), dialect_(reader.form_of_file),
      rules_(reader.rules), lines_to_skip_(reader.is_zeek() ? 0 : reader.skip),
      header_wanted_(reader.header && !reader.is_zeek()),
      places_(reader.fields.size(), csv_column::absent) {
  if (!reader.is_zeek() && !reader.header) find_fields({});
  if (begins_) return;
  head_ = in.head;
  preamble_bytes_ = preamble(head_);
  if (header_wanted_ && head_.size() >= most_head_bytes)
    throw wrong_file(name_, "the header is longer than 64 KiB, and only the first part of the file "
                            "can see it; run with a --split larger than the file");
}

void read_csv::task::start(const decoded& out) {
  started_ = true;
  for (std::size_t i = 0; i < reader_.plans.size(); ++i) {
    if (!out.wants(i)) continue;
    columns_.emplace_back(reader_.plans[i], i, rules_, dialect_);
    columns_.back().set_field(places_[i]);
  }
  raw_wanted_ = !reader_.raw.empty() && out.wants(reader_.plans.size());
}

void read_csv::task::chunk(const vigie::chunk& chunk, decoded& out) {
  const bool first = !started_;
  if (first) start(out);
  if (first && begins_ && (header_wanted_ || lines_to_skip_ > 0) && chunk.offset > 3)
    throw wrong_file(name_, "its first line is longer than max_record allows, so that the header "
                            "is not known; give a larger max_record");
  if (chunk.bytes.size() > most_bytes) return huge(chunk, out);
  std::size_t at = begins_ ? preamble(chunk.bytes) : rest_of_preamble(chunk);
  bytes_ = chunk.bytes;
  offset_ = chunk.offset;
  // Once for all records where all is well; a bad one is looked for only where there is one.
  utf8_ = simdjson::validate_utf8(bytes_.data(), bytes_.size());
  while (at < bytes_.size()) at = records(at, out);
}

// Places in a chunk are numbers of 32 bits, and so are views; a record of 2 GiB has no span.
void read_csv::task::huge(const vigie::chunk& chunk, decoded& out) {
  std::string_view rest = chunk.bytes;
  const auto offset = [&] {
    return chunk.offset + static_cast<std::int64_t>(chunk.bytes.size() - rest.size());
  };
  while (!rest.empty()) {
    const auto end = first_record_end(rest, dialect_);
    const std::size_t size = end < 0 ? rest.size() : static_cast<std::size_t>(end);
    out.reject(offset(), static_cast<std::int64_t>(std::min(size, most_bytes)), "",
               "the record stands in a piece of " + std::to_string(chunk.bytes.size()) +
                   " bytes; 2 GiB are the most that is read at once; give a smaller max_record");
    rest.remove_prefix(size);
  }
}

// ---- what stands before the rows ---------------------------------------------------------------

std::size_t read_csv::task::preamble(std::string_view bytes) {
  std::size_t at = 0;
  for (; lines_to_skip_ > 0 && at < bytes.size(); --lines_to_skip_)
    at = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
  while (header_wanted_ && at < bytes.size()) {
    const csv_record r = scan_record(bytes, at, dialect_);
    if (!r.ended && !begins_ && bytes.size() >= most_head_bytes) return at;
    const std::string_view line = without_return(bytes.substr(at, r.end - at - (r.ended ? 1 : 0)));
    const bool comment = !dialect_.comment.empty() && line.starts_with(dialect_.comment);
    if (!line.empty() && !comment) take_header(bytes, at);
    at = r.end;
  }
  return at;
}

// A split other than the first may begin within the preamble where splits are tiny. Offsets count
// a byte order mark, which the head lacks.
std::size_t read_csv::task::rest_of_preamble(const vigie::chunk& chunk) const {
  constexpr std::size_t mark = 3;
  const auto offset = static_cast<std::size_t>(chunk.offset);
  if (offset >= preamble_bytes_ + mark) return 0;
  const std::string_view here = std::string_view(head_).substr(std::min(offset, head_.size()));
  const std::size_t both = std::min(here.size(), chunk.bytes.size());
  const bool marked = here.substr(0, both) != chunk.bytes.substr(0, both);
  const std::size_t end = preamble_bytes_ + (marked ? mark : 0);
  return end > offset ? std::min(end - offset, chunk.bytes.size()) : 0;
}

void read_csv::task::take_header(std::string_view bytes, std::size_t at) {
  std::vector<std::uint32_t> ends{static_cast<std::uint32_t>(at - 1)};
  csv_ends kept{ends, most_header_fields};
  const csv_record r = scan_record(bytes, at, dialect_, &kept);
  if (r.fields > most_header_fields)
    throw wrong_file(name_,
                     "the header has " + std::to_string(r.fields) + " fields; 1048576 is the most");
  if (r.fault != csv_fault::none) throw wrong_file(name_, "in the header: " + quote_fault(r, at));
  std::vector<std::string> names;
  for (std::size_t k = 0; k + 1 < ends.size(); ++k) {
    const std::uint32_t begin = ends[k] + 1;
    std::string_view name = bytes.substr(begin, ends[k + 1] - begin);
    if (k + 2 == ends.size()) name = without_return(name);
    const bool quoted = dialect_.quotes && name.size() > 1 && name.front() == dialect_.quote;
    std::string& to = names.emplace_back();
    if (quoted)
      append_unquoted(to, name.substr(1, name.size() - 2), dialect_);
    else
      to = name;
    if (rules_.trim && !quoted) {
      to.erase(0, std::min(to.find_first_not_of(" \t"), to.size()));
      to.erase(to.find_last_not_of(" \t") + 1);
    }
  }
  header_wanted_ = false;
  find_fields(names);
}

// `names`: of the header; empty where there is none.
void read_csv::task::find_fields(const std::vector<std::string>& names) {
  const bool named = reader_.header || reader_.is_zeek();
  fields_ = named ? names.size() : reader_.fields_a_record();
  for (std::size_t i = 0; i < reader_.fields.size(); ++i) {
    const csv_column_params& c = reader_.fields[i];
    const std::string& from = c.from.empty() ? c.name : c.from;
    const auto found = std::find(names.begin(), names.end(), from);
    places_[i] = static_cast<std::uint32_t>(found - names.begin());
    if (c.index >= 0 || !named) {
      places_[i] = static_cast<std::uint32_t>(c.index >= 0 ? static_cast<std::size_t>(c.index) : i);
      if (places_[i] >= fields_)
        throw wrong_file(name_, "column '" + c.name + "' is field " + std::to_string(places_[i]) +
                                    ", counted from 0, but a record has " +
                                    std::to_string(fields_) + " fields");
      continue;
    }
    if (found == names.end() && reader_.is_zeek()) {
      places_[i] = csv_column::absent;
      continue;
    }
    if (found == names.end())
      throw wrong_file(name_, "the header has no field '" + from + "' for column '" + c.name + "'" +
                                  advice_for(names, dialect_.delimiter));
    if (std::find(found + 1, names.end(), from) != names.end())
      throw wrong_file(name_, "the header has '" + from +
                                  "' twice; say which one with `index`, counted from 0");
  }
  for (csv_column& c : columns_) c.set_field(places_[c.index()]);
}

// ---- records -----------------------------------------------------------------------------------

void read_csv::task::begin_index(std::size_t at) {
  index_.size = 0;
  index_.records = 0;
  index_.reserve(0);
  index_.places[0] = static_cast<std::uint32_t>(at - 1);
  index_.size = 1;
  dropped_ends_ = 0;
  scan_ = {};
  quoted_ = false;
  go_on_at_ = none;
}

std::size_t read_csv::task::records(std::size_t at, decoded& out) {
  begin_index(at);
  if (dialect_.quotes && !dialect_.doubles()) return exact_records(at, out);
  const bool comments = !dialect_.comment.empty();
  // Zeek's lines can make what is indexed already void.
  std::size_t window = reader_.is_zeek() ? window_bytes / 64 : window_bytes;
  for (std::size_t from = at, to = 0; from < bytes_.size(); from = to) {
    to = std::min(bytes_.size(), from + window);
    window = std::min(window * 2, window_bytes);
    const std::size_t begin = index_.places[0] + std::uint32_t{1};
    index_.reserve(to - from + 1);
    indexer_(bytes_.data(), from, to, dialect_, scan_, index_);
    const bool last = to == bytes_.size();
    const bool open = last && ends_unfinished() && scan_.inside != 0;
    if (scan_.odd != 0 || open || (comments && scan_.quotes != 0)) return exact_records(begin, out);
    quoted_ = quoted_ || scan_.quotes != 0;
    if (const std::size_t next = take_records(index_, nullptr, out); next != none) return next;
    keep_rest();
  }
  return bytes_.size();
}

// The last record may lack its line end; then the end of the bytes ends it. Whether it does.
bool read_csv::task::ends_unfinished() {
  const std::size_t last = index_.records == 0 ? 0 : index_.record_ends[index_.records - 1];
  if (std::size_t{index_.places[last] + std::uint32_t{1}} >= bytes_.size()) return false;
  index_.record_ends[index_.records++] = static_cast<std::uint32_t>(index_.size);
  index_.places[index_.size++] = static_cast<std::uint32_t>(bytes_.size());
  return true;
}

// The record that the window ends in is read on with the next. What is known to have too many
// fields already is not kept.
void read_csv::task::keep_rest() {
  const std::size_t done = index_.records == 0 ? 0 : index_.record_ends[index_.records - 1];
  if (done > 0) dropped_ends_ = 0;
  const std::size_t kept = std::min(index_.size - done, fields_ + 2);
  dropped_ends_ += index_.size - done - kept;
  std::memmove(index_.places.data(), index_.places.data() + done, kept * sizeof(std::uint32_t));
  index_.size = kept;
  index_.records = 0;
}

std::size_t read_csv::task::exact_records(std::size_t at, decoded& out) {
  csv_index exact;
  quoted_ = dialect_.quotes;
  while (at < bytes_.size()) {
    exact.places.assign(1, static_cast<std::uint32_t>(at - 1));
    exact.record_ends.clear();
    exact_.clear();
    csv_ends ends{exact.places, fields_ + 1};
    while (at < bytes_.size() && exact.places.size() < exact_places) {
      exact_.push_back(scan_record(bytes_, at, dialect_, &ends));
      exact.record_ends.push_back(static_cast<std::uint32_t>(exact.places.size() - 1));
      at = exact_.back().end;
    }
    exact.records = exact_.size();
    dropped_ends_ = 0;
    if (const std::size_t next = take_records(exact, exact_.data(), out); next != none) return next;
  }
  return at;
}

std::size_t read_csv::task::take_records(const csv_index& index, const csv_record* exact,
                                         decoded& out) {
  const bool watch = exact != nullptr || !utf8_ || !dialect_.comment.empty() || reader_.is_zeek() ||
                     dropped_ends_ > 0;
  rows_.clear();
  std::size_t begin = 0;
  for (std::size_t i = 0; i < index.records && go_on_at_ == none; ++i) {
    const std::size_t end = index.record_ends[i];
    if (!watch && end - begin == fields_)
      rows_.push_back(static_cast<std::uint32_t>(begin));
    else
      judge(index,
            {begin, end,
             exact != nullptr ? exact[i].fields : end - begin + (i == 0 ? dropped_ends_ : 0),
             exact != nullptr ? exact + i : nullptr},
            out);
    begin = end;
  }
  fill(index, out);
  report(out);
  return go_on_at_;
}

std::string_view read_csv::task::text_of(const csv_index& index, std::size_t begin,
                                         std::size_t end) const {
  const std::uint32_t from = index.places[begin] + 1;
  return without_return(bytes_.substr(from, index.places[end] - from));
}

void read_csv::task::judge(const csv_index& index, const record& r, decoded& out) {
  const std::string_view text = text_of(index, r.begin, r.end);
  if (text.empty() && fields_ != 1) return;
  if (reader_.is_zeek() && text.starts_with('#')) {
    fill(index, out);
    rows_.clear();
    return directive(text, index.places[r.end] + std::size_t{1});
  }
  if (!dialect_.comment.empty() && text.starts_with(dialect_.comment)) return;
  if (std::string why = form_fault(text, r); !why.empty())
    faults_.push_back({text, nullptr, std::move(why)});
  else
    rows_.push_back(static_cast<std::uint32_t>(r.begin));
}

std::string read_csv::task::form_fault(std::string_view text, const record& r) const {
  if (!utf8_)
    if (std::string why = utf8_fault(text); !why.empty()) return why;
  if (r.exact != nullptr && r.exact->fault != csv_fault::none)
    return quote_fault(*r.exact, static_cast<std::size_t>(text.data() - bytes_.data()));
  if (r.fields == fields_) return {};
  if (fields_ == 0) return "found a record before any line #fields; expected #fields first";
  return "found " + std::to_string(r.fields) + (r.fields == 1 ? " field" : " fields") +
         "; expected " + std::to_string(fields_);
}

// ---- rows --------------------------------------------------------------------------------------

void read_csv::task::fill(const csv_index& index, decoded& out) {
  csv_slice slice{{bytes_.data(), index.places.data(), {}, 0},
                  quoted_,
                  static_cast<std::uint32_t>(fields_ - 1)};
  // `out` hands a batch over by itself as soon as it is full, and its columns must be even then.
  for (std::size_t first = 0; first < rows_.size();) {
    const auto room = static_cast<std::size_t>(decoded::rows_a_batch - out.rows());
    const std::size_t n = std::min(room, rows_.size() - first);
    slice.fields.rows = std::span(rows_).subspan(first, n);
    fill_slice(slice, out);
    first += n;
  }
}

void read_csv::task::fill_slice(const csv_slice& slice, decoded& out) {
  const std::size_t n = slice.fields.rows.size();
  cell_faults_.start(n);
  for (csv_column& c : columns_) c.read(slice, cell_faults_);
  if (!cell_faults_.any()) return emit_rows(slice, 0, n, out);
  for (std::size_t from = 0; from < n;) {
    std::size_t to = from;
    while (to < n && !cell_faults_.is_bad(to)) ++to;
    if (to > from) emit_rows(slice, from, to, out);
    from = to + 1;
  }
  for (const csv_faults::fault& f : cell_faults_.list()) {
    const std::uint32_t row = slice.fields.rows[f.row];
    const std::uint32_t begin = slice.fields.places[row] + 1;
    const std::uint32_t end = slice.fields.places[row + fields_];
    faults_.push_back({without_return(bytes_.substr(begin, end - begin)), &f.column->name, f.why});
  }
}

void read_csv::task::emit_rows(const csv_slice& slice, std::size_t from, std::size_t to,
                               decoded& out) {
  for (csv_column& c : columns_) c.emit(from, to, out[c.index()]);
  const char* const base = bytes_.data();
  for (std::size_t r = from; r < to; ++r) {
    const std::uint32_t row = slice.fields.rows[r];
    const std::uint32_t begin = slice.fields.places[row] + 1;
    std::uint32_t end = slice.fields.places[row + fields_];
    if (end > begin && base[end - 1] == '\r') --end;
    if (raw_wanted_) out[reader_.plans.size()].text({base + begin, end - begin});
    out.row(offset_ + begin, end - begin);
  }
}

// In the order of the file, whatever was found first.
void read_csv::task::report(decoded& out) {
  std::sort(faults_.begin(), faults_.end(),
            [](const row_fault& a, const row_fault& b) { return a.text.data() < b.text.data(); });
  for (const row_fault& f : faults_)
    out.reject(offset_ + (f.text.data() - bytes_.data()), static_cast<std::int64_t>(f.text.size()),
               f.column == nullptr ? std::string_view() : *f.column, f.why);
  faults_.clear();
}

// ---- Zeek --------------------------------------------------------------------------------------

void read_csv::task::directive(std::string_view line, std::size_t next) {
  const std::size_t gap =
      std::min(line.find_first_of(std::string(" ") + dialect_.delimiter), line.size());
  const std::string_view word = line.substr(0, gap);
  const std::string_view value = line.substr(std::min(gap + 1, line.size()));
  if (word == "#separator") {
    const std::string separator = zeek_unescaped(value);
    if (separator.size() != 1 || separator == "\n" || separator == "#")
      throw wrong_file(name_,
                       "found the separator " + csv_shown(value) + "; expected one byte, as \\x09");
    if (separator[0] == dialect_.delimiter) return;
    dialect_.delimiter = separator[0];
    go_on_at_ = next;
  } else if (word == "#set_separator" && !value.empty()) {
    rules_.item_separator = value.front();
  } else if (word == "#empty_field") {
    rules_.empty_word = value;
  } else if (word == "#unset_field") {
    rules_.nulls = {std::string(value)};
  } else if (word == "#fields") {
    std::vector<std::string> names;
    for (std::string_view rest = value;;) {
      const std::size_t end = std::min(rest.find(dialect_.delimiter), rest.size());
      names.emplace_back(rest.substr(0, end));
      if (end == rest.size()) break;
      rest.remove_prefix(end + 1);
    }
    zeek_names_ = names;
    find_fields(names);
  } else if (word == "#types") {
    zeek_types(value);
  }
}

// A list must be asked for as one: what stands between its items is text otherwise.
void read_csv::task::zeek_types(std::string_view types) {
  for (std::size_t field = 0;; ++field) {
    const std::size_t end = std::min(types.find(dialect_.delimiter), types.size());
    const std::string_view type = types.substr(0, end);
    const bool list = type.starts_with("set[") || type.starts_with("vector[");
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const csv_column_plan& plan = reader_.plans[i];
      const bool text = !plan.list && plan.type == csv_type::text;
      if (places_[i] != field || plan.list == list || text) continue;
      throw wrong_file(name_, "#types says " + std::string(type) + " for field '" +
                                  zeek_names_[field] + "'; set `list: " +
                                  (list ? "true" : "false") + "` for column '" + plan.name + "'");
    }
    if (end == types.size()) return;
    types.remove_prefix(end + 1);
  }
}

} // namespace vigie::core

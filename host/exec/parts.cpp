// SPDX-License-Identifier: Apache-2.0
#include "parts.hpp"

#include "batch/pack.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>

namespace vigie::exec {
namespace {

// An entry: length of its body, CRC-32 of the body, body. Numbers in this machine's byte order.
constexpr std::size_t head_bytes = sizeof(std::uint64_t) + sizeof(std::uint32_t);
constexpr std::size_t instalment_bytes = std::size_t{4} << 20U;

enum class entry : std::uint8_t { counts = 1, limited, read, delivery, piece };

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      ::crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

template <class T> void put(std::string& to, T number) {
  to.append(reinterpret_cast<const char*>(&number), sizeof number);
}
void put(std::string& to, std::string_view text) {
  put(to, std::uint64_t{text.size()});
  to += text;
}

// Takes numbers and texts off the front of a body; what is not there gives zeros and `sound` false.
class body_reader {
public:
  explicit body_reader(std::string_view bytes) : left_(bytes) {}

  template <class T> T number() {
    T out{};
    if (!has(sizeof out)) return out;
    std::memcpy(&out, left_.data(), sizeof out);
    left_.remove_prefix(sizeof out);
    return out;
  }
  std::string_view text() {
    const auto size = number<std::uint64_t>();
    if (!has(size)) return {};
    const std::string_view out = left_.substr(0, size);
    left_.remove_prefix(size);
    return out;
  }
  std::string_view rest() { return std::exchange(left_, {}); }
  [[nodiscard]] bool sound_so_far() const { return sound_; }
  [[nodiscard]] bool sound() const { return sound_ && left_.empty(); }

private:
  bool has(std::uint64_t bytes) {
    sound_ = sound_ && bytes <= left_.size();
    return sound_;
  }
  std::string_view left_;
  bool sound_ = true;
};

// The columns of a delivery.
schema fields_of(const run_context& run, std::size_t step, std::size_t port,
                 delivery::content what) {
  const plan::step_plan& s = run.step(step);
  switch (what) {
  case delivery::content::partial: return s.partial;
  case delivery::content::errors: return plan::error_schema(s.doc->errors.keep_row);
  default: return s.ports[port].fields;
  }
}

void put_counts(std::string& to, std::size_t step, const step_counts& c) {
  put(to, entry::counts);
  put(to, std::uint64_t{step});
  put(to, c);
}

void put_limited(std::string& to, const rejected_row& r) {
  put(to, entry::limited);
  put(to, std::uint64_t{r.step});
  put(to, static_cast<std::int32_t>(r.code));
  put(to, r.where);
  put(to, std::string_view(r.column));
  put(to, std::string_view(r.message));
}

void put_read(std::string& to, const read_fact& f) {
  put(to, entry::read);
  put(to, f.file);
  put(to, std::string_view(f.encoding));
  put(to, f.replaced);
  put(to, static_cast<std::uint8_t>(f.digest ? 1 : 0));
  put(to, f.digest.value_or(io::split_digest{}));
}

void put_delivery(std::string& to, const run_context& run, std::size_t step, const delivery& d) {
  put(to, entry::delivery);
  put(to, std::uint64_t{step});
  put(to, static_cast<std::uint8_t>(d.what));
  put(to, std::uint64_t{d.port});
  put(to, std::uint64_t{d.edge});
  data::pack(fields_of(run, step, d.port, d.what), d.rows, to);
}

void put_piece(std::string& to, const piece_key& of, const encoded& e) {
  put(to, entry::piece);
  put(to, std::uint64_t{of.step});
  put(to, std::string_view(of.file));
  put(to, e.rows);
  put(to, std::uint64_t{e.slices.size()});
  for (const encoded_slice& s : e.slices) put(to, s);
  to += e.bytes;
  to += e.lying;
}

bool take_delivery(body_reader& body, const run_context& run, std::size_t step, split_result& out) {
  delivery d;
  const auto what = body.number<std::uint8_t>();
  d.what = static_cast<delivery::content>(what);
  d.port = body.number<std::uint64_t>();
  d.edge = body.number<std::uint64_t>();
  if (what > static_cast<std::uint8_t>(delivery::content::errors) ||
      d.port >= std::max<std::size_t>(1, run.step(step).ports.size()))
    return false;
  auto rows = data::unpack(fields_of(run, step, d.port, d.what), body.rest());
  if (!rows) return false;
  d.rows = *std::move(rows);
  out.inboxes[step].push_back(std::move(d));
  return true;
}

bool take_limited(body_reader& body, std::size_t step, split_result& out) {
  rejected_row r;
  r.step = step;
  r.code = static_cast<code>(body.number<std::int32_t>());
  r.where = body.number<vigie_span>();
  r.column = body.text();
  r.message = body.text();
  out.limited.push_back(std::move(r));
  return body.sound();
}

bool take_read(body_reader& body, split_result& out) {
  read_fact f;
  f.file = body.number<std::int32_t>();
  f.encoding = body.text();
  f.replaced = body.number<std::uint64_t>();
  const bool digest = body.number<std::uint8_t>() != 0;
  const auto value = body.number<io::split_digest>();
  if (digest) f.digest = value;
  out.read.push_back(std::move(f));
  return body.sound();
}

bool take_piece(body_reader& body, std::size_t step, split_result& out) {
  encoded& piece = out.pieces[{step, std::string(body.text())}];
  piece.rows += body.number<std::int64_t>();
  std::uint64_t sliced = 0;
  const auto slices = body.number<std::uint64_t>();
  for (std::uint64_t i = 0; i < slices && body.sound_so_far(); ++i) {
    piece.slices.push_back(body.number<encoded_slice>());
    sliced += piece.slices.back().bytes;
  }
  const std::string_view bytes = body.rest();
  piece.bytes += bytes;
  return body.sound() && (slices == 0 || sliced == bytes.size());
}

// Adds one entry to what a unit gave; false where it makes no sense.
bool take_entry(std::string_view bytes, const run_context& run, split_result& out) {
  body_reader body(bytes);
  const auto what = body.number<entry>();
  if (what == entry::read) return take_read(body, out);
  const auto step = body.number<std::uint64_t>();
  if (step >= run.plan->steps.size()) return false;
  switch (what) {
  case entry::counts: out.counts[step].add(body.number<step_counts>()); return body.sound();
  case entry::limited: return take_limited(body, step, out);
  case entry::delivery: return take_delivery(body, run, step, out);
  case entry::piece: return take_piece(body, step, out);
  default: return false;
  }
}

} // namespace

result<part_writer> part_writer::create(const std::string& path) {
  auto file = io::append_file::create(path, path);
  if (!file) return std::move(file).error();
  return part_writer(*std::move(file));
}

result<part_writer> part_writer::open(const std::string& path, std::uint64_t length) {
  auto file = io::append_file::open(path, path, length);
  if (!file) return std::move(file).error();
  return part_writer(*std::move(file));
}

status part_writer::add(const run_context& run, const split_result& r,
                        const std::vector<bool>& elsewhere) {
  status ok;
  const auto write = [&] {
    std::string head;
    put(head, std::uint64_t{entry_.size()});
    put(head, crc_of(entry_));
    if (ok) ok = file_.append(head);
    if (ok) ok = file_.append(entry_);
    entry_.clear();
  };
  for (std::size_t i = 0; i < r.counts.size(); ++i)
    if (r.counts[i] != step_counts{}) {
      put_counts(entry_, i, r.counts[i]);
      write();
    }
  for (const rejected_row& l : r.limited) {
    put_limited(entry_, l);
    write();
  }
  for (const read_fact& f : r.read) {
    put_read(entry_, f);
    write();
  }
  for (const auto& [step, deliveries] : r.inboxes)
    for (const delivery& d : deliveries) {
      put_delivery(entry_, run, step, d);
      write();
    }
  for (const auto& [of, piece] : r.pieces)
    if (!elsewhere[of.step]) {
      put_piece(entry_, of, piece);
      write();
    }
  return ok;
}

result<part_reader> part_reader::open(const std::string& path) {
  auto file = io::ranged_file::open(path);
  if (!file) return std::move(file).error();
  return part_reader(path, *std::move(file));
}

diagnostic part_reader::damaged(std::uint64_t offset) const {
  place p;
  p.file = path_;
  p.offset = static_cast<std::int64_t>(offset);
  return fail(code::run_parts_damaged, fmt::format("'{}' does not hold what the run wrote", path_))
      .at(p)
      .help("remove the unfinished run with `vigie clean`, check the disk, and run again");
}

status part_reader::fill(std::uint64_t offset, std::string& to) const {
  auto got = file_.read(to.data(), to.size(), offset);
  if (!got) return std::move(got).error();
  return *got == to.size() ? status() : damaged(offset + *got);
}

result<split_result>
part_reader::read(const run_context& run, const part_place& at,
                  const std::function<status(split_result)>& instalment) const {
  split_result out;
  out.counts.resize(run.plan->steps.size());
  std::size_t gathered = 0;
  std::string head(head_bytes, '\0'), bytes;
  const std::uint64_t end = at.offset + at.length;
  for (std::uint64_t offset = at.offset; offset < end;) {
    if (end - offset < head_bytes) return damaged(offset);
    if (auto ok = fill(offset, head); !ok) return std::move(ok).error();
    body_reader numbers(head);
    const auto length = numbers.number<std::uint64_t>();
    const auto crc = numbers.number<std::uint32_t>();
    if (length > end - offset - head_bytes) return damaged(offset);
    bytes.resize(length);
    if (auto ok = fill(offset + head_bytes, bytes); !ok) return std::move(ok).error();
    if (crc_of(bytes) != crc || !take_entry(bytes, run, out)) return damaged(offset);
    offset += head_bytes + length;
    gathered += length;
    if (gathered < instalment_bytes || offset == end) continue;
    if (auto ok = instalment(std::exchange(out, {})); !ok) return std::move(ok).error();
    out.counts.resize(run.plan->steps.size());
    gathered = 0;
  }
  return out;
}

} // namespace vigie::exec

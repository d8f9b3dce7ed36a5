// SPDX-License-Identifier: Apache-2.0
#include "io/splits.hpp"

#include "io/charset.hpp"
#include "io/errors.hpp"
#include "io/record_borders.hpp"
#include "io/tar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace vigie::io {
namespace {

constexpr std::uint64_t most_splits = 4'000'000;
constexpr std::size_t first_window = std::size_t{1} << 12U; // most records end within it
constexpr std::size_t window_step = std::size_t{1} << 16U;

// Looks for record borders in an open file. One window of memory, at most that of the longest
// record allowed.
class border_finder {
public:
  border_finder(const input& in, const descriptor& file, const read_options& options)
      : in_(in), file_(file), options_(options) {}

  // The first border at or behind `cut`, which is above 0; the end of the file where there is none.
  // The byte before the cut is looked at as well, so that a record which begins at the cut is seen
  // to.
  [[nodiscard]] result<std::uint64_t> from(std::uint64_t cut);

private:
  [[nodiscard]] result<std::size_t> fill(std::size_t held,
                                         std::size_t capacity); // gives the bytes held then
  [[nodiscard]] std::uint64_t left_at(std::uint64_t at) const {
    return in_.facts.size - std::min(at, in_.facts.size);
  }

  const input& in_;
  const descriptor& file_;
  const read_options& options_;
  std::vector<char> window_;
  std::uint64_t at_ = 0; // file offset of the window
};

result<std::size_t> border_finder::fill(std::size_t held, std::size_t capacity) {
  const std::uint64_t at = at_ + held;
  const auto wanted =
      static_cast<std::size_t>(std::min<std::uint64_t>(capacity - held, left_at(at)));
  window_.resize(std::max(window_.size(), capacity));
  for (std::size_t done = 0; done < wanted;) {
    const result<std::size_t> got = read_at(in_, file_, window_.data() + held + done, wanted - done,
                                            at + done, options_.cancel);
    if (!got) return got.error();
    done += *got;
  }
  return held + wanted;
}

result<std::uint64_t> border_finder::from(std::uint64_t cut) {
  at_ = cut - 1;
  const bool lines = options_.records == record_mode::lines;
  const std::size_t most = lines ? window_step : search_window(options_);
  std::size_t held = 0, capacity = first_window;
  for (;;) {
    const result<std::size_t> filled = fill(held, capacity);
    if (!filled) return filled.error();
    held = *filled;
    const result<std::int64_t> end =
        first_end(options_, {window_.data(), held}, false, in_.path, at_);
    if (!end) return end.error();
    if (*end > 0) return at_ + static_cast<std::uint64_t>(*end);
    if (left_at(at_ + held) == 0) return in_.facts.size;
    if (capacity < most) {
      capacity = std::min(most, std::max(capacity * 2, window_step));
      continue;
    }
    const std::size_t keep =
        lines ? 0 : held / 2; // an own border may need to see what stands before it
    std::memmove(window_.data(), window_.data() + held - keep, keep);
    at_ += held - keep;
    held = keep;
  }
}

result<std::string> head_of(const input& in, const descriptor& file, std::size_t bytes,
                            const read_options& options) {
  std::string head(static_cast<std::size_t>(std::min<std::uint64_t>(bytes, in.facts.size)), '\0');
  for (std::size_t done = 0; done < head.size();) {
    const result<std::size_t> got =
        read_at(in, file, head.data() + done, head.size() - done, done, options.cancel);
    if (!got) return got.error();
    done += *got;
  }
  return head;
}

result<split> form_of(const input& in, const descriptor& file, std::uint32_t index,
                      const read_options& options) {
  split form{.input = index, .end = in.facts.size, .whole = true};
  const result<std::string> encoding = check_encoding(options.encoding);
  if (!encoding) return encoding.error();
  form.encoding = *encoding;
  form.compression = options.compression;
  const bool archives = options.archives == archives::automatic;
  if (archives) form.is = split::form::unknown;
  if (in.standard_input) return form;
  const result<std::string> magic = head_of(in, file, tar_block, options);
  if (!magic) return magic.error();
  const compression seen = compression_of(*magic);
  if (form.compression == compression::automatic) form.compression = seen;
  if (form.compression != compression::none && form.compression != seen)
    return not_compressed(in.path, form.compression);
  if (form.compression != compression::none) return form;
  form.is = archives && is_tar(*magic) ? split::form::tar : split::form::file;
  if (form.is == split::form::tar || form.encoding != "auto") return form;
  const result<std::string> sample = head_of(in, file, encoding_sample, options);
  if (!sample) return sample.error();
  form.encoding = encoding_of(*sample);
  return form;
}

result<std::vector<split>> cut(const input& in, const descriptor& file, split form,
                               std::uint64_t split_bytes, const read_options& options) {
  std::vector<split> splits;
  border_finder find(in, file, options);
  form.whole = false;
  std::uint64_t begin = 0;
  for (std::uint64_t at = 0; in.facts.size - at > split_bytes;) {
    at += split_bytes;
    if (at <= begin && begin > 0) continue; // inside a record that is longer than a split
    const result<std::uint64_t> border = find.from(at);
    if (!border) return border.error();
    if (*border >= in.facts.size) break;
    form.begin = begin;
    form.end = *border;
    splits.push_back(form);
    begin = *border;
  }
  form.begin = begin;
  form.end = in.facts.size;
  splits.push_back(form);
  return splits;
}

} // namespace

status check_options(const read_options& options) {
  if (options.chunk_bytes == 0 || options.max_record == 0)
    return fail(code::input_options, "a chunk and a record must be allowed at least one byte");
  constexpr std::uint64_t most_record = std::uint64_t{1} << 40U;
  if (options.max_record > most_record || options.chunk_bytes > most_record)
    return fail(code::input_options,
                "a chunk or record of more than 1 TiB cannot be held in memory")
        .help("give a smaller size");
  if (options.records == record_mode::own && !options.border)
    return fail(code::internal, "records with own borders need a function that finds them");
  if (result<std::string> encoding = check_encoding(options.encoding); !encoding)
    return std::move(encoding).error();
  return {};
}

result<std::vector<split>> plan_splits(const input& in, std::uint32_t index,
                                       std::uint64_t split_bytes, const read_options& options) {
  if (status good = check_options(options); !good) return std::move(good).error();
  if (split_bytes == 0 || in.facts.size / split_bytes >= most_splits)
    return fail(code::input_options,
                fmt::format("'{}' has {} bytes, which splits of {} bytes cut too finely", in.path,
                            in.facts.size, split_bytes))
        .at(in_file(in.path))
        .help("give a larger --split; 8MiB is the default");
  descriptor file;
  if (!in.standard_input) {
    result<descriptor> opened = open_input(in);
    if (!opened) return std::move(opened).error();
    file = std::move(*opened);
  }
  result<split> form = form_of(in, file, index, options);
  if (!form) return std::move(form).error();
  const bool plain = form->compression == compression::none && form->encoding == "utf-8" &&
                     form->is == split::form::file;
  if (in.standard_input || !plain || options.uncut || options.records == record_mode::file)
    return std::vector<split>{*std::move(form)};
  return cut(in, file, *std::move(form), split_bytes, options);
}

result<std::vector<split>> plan_splits(const std::vector<input>& inputs, std::uint64_t split_bytes,
                                       const read_options& options) {
  std::vector<split> all;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    result<std::vector<split>> some =
        plan_splits(inputs[i], static_cast<std::uint32_t>(i), split_bytes, options);
    if (!some) return some;
    all.insert(all.end(), std::make_move_iterator(some->begin()),
               std::make_move_iterator(some->end()));
  }
  return all;
}

} // namespace vigie::io

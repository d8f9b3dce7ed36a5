// SPDX-License-Identifier: Apache-2.0
#include "io/charset.hpp"

#include "base/text.hpp"
#include "io/errors.hpp"

#include <fmt/format.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>

#include <algorithm>
#include <array>
#include <vector>

namespace vigie::io {
namespace {

using namespace std::string_view_literals;

struct closed_by_icu {
  void operator()(UConverter* c) const { ucnv_close(c); }
};
using converter = std::unique_ptr<UConverter, closed_by_icu>;

diagnostic unknown(const std::string& name) {
  static const std::vector<std::string> common{
      "auto",         "utf-8",        "utf-16le", "utf-16be",  "iso-8859-1",
      "iso-8859-15",  "windows-1250", "gb18030",  "shift_jis", "windows-1251",
      "windows-1252", "koi8-r",       "big5",     "euc-jp",    "euc-kr"};
  const std::string near = nearest(name, common);
  return fail(code::input_encoding, fmt::format("'{}' is no encoding that is known", name))
      .help(near.empty() ? "use auto, utf-8, utf-16le, utf-16be, iso-8859-1, windows-1252 or "
                           "another name of ICU"
                         : fmt::format("did you mean '{}'?", near));
}

// ICU takes "" for the encoding of the locale, a comma for options and a path for a file to load:
// none is wanted here.
bool plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
           c == ':';
  });
}

std::string lower(std::string name) {
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return name;
}

converter open_converter(const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  converter c(ucnv_open(name.c_str(), &error));
  return U_SUCCESS(error) != 0 ? std::move(c) : nullptr;
}

// Can bytes that are missing make `tail` one well-formed character? Of the three fills one fits
// whatever is well-formed so far (Unicode 15, table 3-7: the second byte is limited, the others are
// not).
bool begins_character(std::string_view tail) {
  constexpr std::size_t longest = 4;
  if (tail.empty() || tail.size() >= longest) return false;
  const auto completed_by = [&](std::string_view fill) {
    const std::string whole = std::string(tail).append(fill);
    return text::invalid_utf8(whole).value_or(longest) >= tail.size();
  };
  return completed_by("\x80\x80\x80") || completed_by("\x90\x80\x80") ||
         completed_by("\xa0\x80\x80");
}

// Called by ICU for each sequence it cannot decode.
void U_CALLCONV replace(const void* count, UConverterToUnicodeArgs* args, const char*, int32_t,
                        UConverterCallbackReason reason, UErrorCode* error) {
  if (reason > UCNV_IRREGULAR) return; // reset, close, clone
  static constexpr UChar replacement = 0xfffd;
  ++*static_cast<std::uint64_t*>(const_cast<void*>(count));
  *error = U_ZERO_ERROR;
  ucnv_cbToUWriteUChars(args, &replacement, 1, 0, error);
}

class icu_stream final : public decoding_stream {
public:
  icu_stream(std::unique_ptr<byte_stream> from, converter source, converter target)
      : from_(std::move(from)), source_(std::move(source)), target_(std::move(target)) {
    UErrorCode error = U_ZERO_ERROR;
    ucnv_setToUCallBack(source_.get(), replace, &replaced_, nullptr, nullptr, &error);
    ready_ = U_SUCCESS(error) != 0;
  }

  result<std::size_t> read(char* to, std::size_t bytes) override;
  [[nodiscard]] std::uint64_t replaced() const override { return replaced_; }

private:
  [[nodiscard]] status refill();

  std::unique_ptr<byte_stream> from_;
  converter source_;
  converter target_;
  std::array<char, std::size_t{1} << 16U> block_{};
  const char* next_ = block_.data();
  const char* end_ = block_.data();
  std::array<UChar, 4096> pivot_{};
  UChar* pivot_from_ = pivot_.data();
  UChar* pivot_to_ = pivot_.data();
  std::uint64_t replaced_ = 0;
  bool ready_ = false;
  bool first_ = true;  // ICU shall forget what it knows
  bool flush_ = false; // the block is the last one
  bool ended_ = false;
};

status icu_stream::refill() {
  const result<std::size_t> got = from_->read(block_.data(), block_.size());
  if (!got && !is_break(got.error())) return got.error();
  next_ = block_.data();
  end_ = next_ + (got ? *got : 0);
  flush_ = !got || *got < block_.size();
  return {};
}

result<std::size_t> icu_stream::read(char* to, std::size_t bytes) {
  if (!ready_) return fail(code::internal, "ICU refuses to decode text");
  if (ended_) return from_->read(to, std::min<std::size_t>(bytes, 1)); // nothing, or the break
  char* out = to;
  while (out < to + bytes && !ended_) {
    if (next_ == end_ && !flush_)
      if (status filled = refill(); !filled) return std::move(filled).error();
    UErrorCode error = U_ZERO_ERROR;
    const UBool reset = first_ ? 1 : 0, flush = flush_ ? 1 : 0;
    ucnv_convertEx(target_.get(), source_.get(), &out, to + bytes, &next_, end_, pivot_.data(),
                   &pivot_from_, &pivot_to_, pivot_.data() + pivot_.size(), reset, flush, &error);
    first_ = false;
    if (error == U_BUFFER_OVERFLOW_ERROR) break; // what is left comes with the next call
    if (U_FAILURE(error) != 0)
      return fail(code::internal, fmt::format("ICU cannot decode text: {}", u_errorName(error)));
    ended_ = flush_ && next_ == end_;
  }
  return static_cast<std::size_t>(out - to);
}

} // namespace

result<std::string> check_encoding(const std::string& name) {
  const std::string small = lower(name);
  if (small == "auto") return small;
  if (!plain_name(small)) return unknown(name);
  const converter c = open_converter(small);
  if (!c) return unknown(name);
  return ucnv_getType(c.get()) == UCNV_UTF8 ? "utf-8" : small;
}

std::string encoding_of(std::string_view sample) {
  if (sample.starts_with(utf8_bom)) return "utf-8";
  if (sample.starts_with("\xff\xfe\0\0"sv)) return "utf-32le";
  if (sample.starts_with("\0\0\xfe\xff"sv)) return "utf-32be";
  if (sample.starts_with("\xff\xfe"sv)) return "utf-16le";
  if (sample.starts_with("\xfe\xff"sv)) return "utf-16be";
  const std::optional<std::size_t> bad = text::invalid_utf8(sample);
  if (!bad) return "utf-8";
  const bool cut = sample.size() >= encoding_sample && begins_character(sample.substr(*bad));
  return cut ? "utf-8" : "windows-1252";
}

result<std::unique_ptr<decoding_stream>> make_decoding(std::unique_ptr<byte_stream> from,
                                                       const std::string& encoding) {
  converter source = open_converter(encoding), target = open_converter("utf-8");
  if (!source || !target) return unknown(encoding);
  return std::unique_ptr<decoding_stream>(
      std::make_unique<icu_stream>(std::move(from), std::move(source), std::move(target)));
}

} // namespace vigie::io

// SPDX-License-Identifier: Apache-2.0
#include "io/compression.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>

namespace vigie::io {
namespace {

constexpr int gzip_window =
    15 + 16; // largest window; 16 asks zlib for the gzip wrapper and nothing else
constexpr std::size_t block_bytes = std::size_t{1} << 16U;
constexpr std::size_t most_at_once = std::size_t{1} << 30U; // zlib counts in 32 bits

// zlib takes its input without const and never writes to it.
Bytef* zlib_bytes(std::string_view bytes) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
}

class gunzip final : public decompressing_stream {
public:
  gunzip(std::unique_ptr<byte_stream> stored, std::string path)
      : stored_(std::move(stored)), path_(std::move(path)) {
    ready_ = inflateInit2(&z_, gzip_window) == Z_OK;
  }
  gunzip(const gunzip&) = delete;
  gunzip& operator=(const gunzip&) = delete;
  ~gunzip() override { inflateEnd(&z_); }

private:
  status unpack(char* to, std::size_t bytes, std::size_t& done) override;
  status refill(); // sets ended_ at the end of the stored bytes
  status inflate_some();
  [[nodiscard]] diagnostic fault(int zlib_says) const;

  // Has nothing of the member but its first bytes been looked at? Behind the first member, a fault
  // there means that no member stands there at all.
  [[nodiscard]] bool at_header(std::size_t header_bytes) const {
    return members_ > 0 && z_.total_in <= header_bytes;
  }

  std::unique_ptr<byte_stream> stored_;
  std::string path_;
  z_stream z_{};
  std::array<char, block_bytes> block_{};
  bool ready_ = false;
  bool ended_ = false;
  bool drained_ = true; // zlib holds back no output
  bool inside_ = true;  // a member has begun, or must (the first)
  std::uint64_t members_ = 0;
  std::uint64_t written_ = 0;
};

status gunzip::refill() {
  const result<std::size_t> got = stored_->read(block_.data(), block_.size());
  if (!got) return got.error();
  z_.next_in = zlib_bytes({block_.data(), *got});
  z_.avail_in = static_cast<uInt>(*got);
  if (*got > 0) return {};
  ended_ = true;
  if (!inside_) return {};
  if (at_header(1))
    return compressed_fault(code::input_trailing, path_, "a stray byte follows the gzip data",
                            written_);
  return compressed_fault(code::input_truncated, path_, "the gzip data end too early", written_);
}

diagnostic gunzip::fault(int zlib_says) const {
  if (zlib_says == Z_MEM_ERROR) return no_memory_fault(path_, written_);
  constexpr std::size_t magic_and_method = 4;
  if (zlib_says == Z_DATA_ERROR && at_header(magic_and_method))
    return compressed_fault(code::input_trailing, path_, "other bytes follow the gzip data",
                            written_);
  const std::string_view why = z_.msg == nullptr ? "unknown fault" : z_.msg;
  return compressed_fault(code::input_damaged, path_,
                          fmt::format("the gzip data are damaged ({})", why), written_);
}

status gunzip::inflate_some() {
  if (!inside_) { // bytes behind a finished member: they must be another one
    inflateReset(&z_);
    inside_ = true;
  }
  const uInt room = z_.avail_out;
  const int says = inflate(&z_, Z_NO_FLUSH);
  written_ += room - z_.avail_out;
  drained_ = z_.avail_out > 0 || says == Z_STREAM_END;
  if (says == Z_STREAM_END) {
    ++members_;
    inside_ = false;
    return {};
  }
  if (says != Z_OK && says != Z_BUF_ERROR) return fault(says);
  return {};
}

status gunzip::unpack(char* to, std::size_t bytes, std::size_t& done) {
  if (!ready_) return fault(Z_MEM_ERROR);
  while (done < bytes && !ended_) {
    if (z_.avail_in == 0 && drained_)
      if (status filled = refill(); !filled) return filled;
    if (ended_) break;
    const std::size_t room = std::min(bytes - done, most_at_once);
    z_.next_out = reinterpret_cast<Bytef*>(to + done);
    z_.avail_out = static_cast<uInt>(room);
    const status inflated = inflate_some();
    done += room - z_.avail_out;
    if (!inflated) return inflated;
  }
  return {};
}

class gzip_compressor final : public compressor {
public:
  explicit gzip_compressor(int level) {
    ready_ = deflateInit2(&z_, level, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) == Z_OK;
  }
  gzip_compressor(const gzip_compressor&) = delete;
  gzip_compressor& operator=(const gzip_compressor&) = delete;
  ~gzip_compressor() override { deflateEnd(&z_); }

  [[nodiscard]] bool ready() const { return ready_; }

  status add(std::string_view bytes, std::string& out) override {
    while (!bytes.empty()) {
      const std::string_view now = bytes.substr(0, most_at_once);
      bytes.remove_prefix(now.size());
      z_.next_in = zlib_bytes(now);
      z_.avail_in = static_cast<uInt>(now.size());
      if (status s = run(Z_NO_FLUSH, out); !s) return s;
    }
    return {};
  }
  status finish(std::string& out) override { return run(Z_FINISH, out); }

private:
  status run(int flush, std::string& out);

  z_stream z_{};
  bool ready_ = false;
};

// Without a header set by deflateSetHeader, zlib writes time 0 and no name.
status gzip_compressor::run(int flush, std::string& out) {
  for (;;) {
    const std::size_t before = out.size();
    out.resize(before + block_bytes);
    z_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    z_.avail_out = static_cast<uInt>(block_bytes);
    const int says = deflate(&z_, flush);
    out.resize(out.size() - z_.avail_out);
    if (says == Z_STREAM_ERROR)
      return fail(code::output_compress_failed, "zlib refuses to compress");
    const bool done = flush == Z_FINISH ? says == Z_STREAM_END : z_.avail_out > 0;
    if (done) return {};
  }
}

} // namespace

std::unique_ptr<byte_stream> make_gunzip(std::unique_ptr<byte_stream> stored, std::string path) {
  return std::make_unique<gunzip>(std::move(stored), std::move(path));
}

result<std::unique_ptr<compressor>> make_gzip(int level) {
  auto c = std::make_unique<gzip_compressor>(level);
  if (!c->ready()) return fail(code::output_compress_failed, "zlib has no memory to compress");
  return std::unique_ptr<compressor>(std::move(c));
}

} // namespace vigie::io

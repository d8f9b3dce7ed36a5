// SPDX-License-Identifier: Apache-2.0
#include "io/compression.hpp"

#include <fmt/format.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <vector>

namespace vigie::io {
namespace {

template <auto Free> struct freed_by {
  template <class T> void operator()(T* p) const { Free(p); }
};

class unzstd final : public decompressing_stream {
public:
  unzstd(std::unique_ptr<byte_stream> stored, std::string path)
      : stored_(std::move(stored)), path_(std::move(path)), z_(ZSTD_createDStream()),
        block_(ZSTD_DStreamInSize()) {}

private:
  status unpack(char* to, std::size_t bytes, std::size_t& done) override;
  status refill(); // sets ended_ at the end of the stored bytes
  [[nodiscard]] diagnostic fault(std::size_t zstd_says) const;

  std::unique_ptr<byte_stream> stored_;
  std::string path_;
  std::unique_ptr<ZSTD_DStream, freed_by<ZSTD_freeDStream>> z_;
  std::vector<char> block_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool ended_ = false;
  bool drained_ = true; // libzstd holds back no output
  bool inside_ = true;  // a frame has begun, or must (the first)
  std::uint64_t frames_ = 0;
  std::uint64_t written_ = 0;
};

status unzstd::refill() {
  const result<std::size_t> got = stored_->read(block_.data(), block_.size());
  if (!got) return got.error();
  in_ = {block_.data(), *got, 0};
  if (*got > 0) return {};
  ended_ = true;
  if (!inside_) return {};
  return compressed_fault(code::input_truncated, path_, "the zstd data end too early", written_);
}

diagnostic unzstd::fault(std::size_t zstd_says) const {
  const ZSTD_ErrorCode error = ZSTD_getErrorCode(zstd_says);
  if (error == ZSTD_error_prefix_unknown && frames_ > 0)
    return compressed_fault(code::input_trailing, path_, "other bytes follow the zstd data",
                            written_);
  if (error == ZSTD_error_memory_allocation) return no_memory_fault(path_, written_);
  const std::string what =
      fmt::format("the zstd data are damaged ({})", ZSTD_getErrorString(error));
  diagnostic d = compressed_fault(code::input_damaged, path_, what, written_);
  if (error == ZSTD_error_frameParameter_windowTooLarge)
    d.hint = "the file asks for more than 128 MiB to decompress; compress it again without --long "
             "or --ultra";
  return d;
}

status unzstd::unpack(char* to, std::size_t bytes, std::size_t& done) {
  if (!z_) return no_memory_fault(path_, written_);
  ZSTD_outBuffer out{to, bytes, 0};
  while (out.pos < out.size && !ended_) {
    if (in_.pos == in_.size && drained_)
      if (status filled = refill(); !filled) return filled;
    if (ended_) break;
    const std::size_t before = out.pos;
    inside_ = true;
    const std::size_t says = ZSTD_decompressStream(z_.get(), &out, &in_);
    written_ += out.pos - before;
    done = out.pos;
    if (ZSTD_isError(says) != 0) return fault(says);
    drained_ = says == 0 || out.pos < out.size;
    if (says != 0) continue;
    inside_ = false;
    ++frames_;
  }
  return {};
}

class zstd_compressor final : public compressor {
public:
  explicit zstd_compressor(int level) : z_(ZSTD_createCCtx()) {
    ready_ = z_ &&
             ZSTD_isError(ZSTD_CCtx_setParameter(z_.get(), ZSTD_c_compressionLevel, level)) == 0 &&
             ZSTD_isError(ZSTD_CCtx_setParameter(z_.get(), ZSTD_c_checksumFlag, 1)) == 0;
  }

  [[nodiscard]] bool ready() const { return ready_; }
  status add(std::string_view bytes, std::string& out) override {
    return run(bytes, ZSTD_e_continue, out);
  }
  status finish(std::string& out) override { return run({}, ZSTD_e_end, out); }

private:
  status run(std::string_view bytes, ZSTD_EndDirective what, std::string& out);

  std::unique_ptr<ZSTD_CCtx, freed_by<ZSTD_freeCCtx>> z_;
  bool ready_ = false;
};

status zstd_compressor::run(std::string_view bytes, ZSTD_EndDirective what, std::string& out) {
  ZSTD_inBuffer from{bytes.data(), bytes.size(), 0};
  const std::size_t block = ZSTD_CStreamOutSize();
  for (;;) {
    const std::size_t before = out.size();
    out.resize(before + block);
    ZSTD_outBuffer to{out.data() + before, block, 0};
    const std::size_t says = ZSTD_compressStream2(z_.get(), &to, &from, what);
    out.resize(before + to.pos);
    if (ZSTD_isError(says) != 0)
      return fail(code::output_compress_failed,
                  fmt::format("zstd refuses: {}", ZSTD_getErrorName(says)));
    const bool done = what == ZSTD_e_end ? says == 0 : from.pos == from.size;
    if (done) return {};
  }
}

} // namespace

std::unique_ptr<byte_stream> make_unzstd(std::unique_ptr<byte_stream> stored, std::string path) {
  return std::make_unique<unzstd>(std::move(stored), std::move(path));
}

result<std::unique_ptr<compressor>> make_zstd(int level) {
  auto c = std::make_unique<zstd_compressor>(level);
  if (!c->ready()) return fail(code::output_compress_failed, "zstd has no memory to compress");
  return std::unique_ptr<compressor>(std::move(c));
}

} // namespace vigie::io

// SPDX-License-Identifier: Apache-2.0
#include "io/text_source.hpp"

#include "io/errors.hpp"
#include "io/tar.hpp"

#include <fmt/format.h>

#include <utility>

namespace vigie::io {

result<std::string> text_source::look_ahead(std::size_t bytes) {
  std::string ahead(bytes, '\0');
  const result<std::size_t> got = text_->read(ahead.data(), bytes);
  if (!got && !is_break(got.error())) return got.error(); // a break comes again with the next read
  ahead.resize(got ? *got : 0);
  text_ = std::make_unique<looked_ahead_stream>(ahead, std::move(text_));
  return ahead;
}

status text_source::open_stored(const input& in, const split& part, const read_options& options) {
  std::unique_ptr<stored_stream> stored;
  if (in.standard_input) {
    stored = std::make_unique<stored_stream>(in);
  } else {
    result<descriptor> file = open_input(in);
    if (!file) return std::move(file).error();
    stored = std::make_unique<stored_stream>(in, std::move(*file), part.begin, part.end);
  }
  stored->hash(options.digest);
  stored->stop_on(options.cancel);
  stored_ = stored.get();
  text_ = std::move(stored);
  first_offset_ = part.begin;
  return {};
}

// Standard input shows its magic bytes only here; those of files were seen when the splits were
// planned.
status text_source::decompress(const input& in, compression c) {
  if (in.standard_input && c != compression::none) {
    const result<std::string> magic = look_ahead(magic_bytes);
    if (!magic) return magic.error();
    const compression seen = compression_of(*magic);
    if (c != compression::automatic && c != seen) return not_compressed(in.path, c);
    c = seen;
  }
  plain_ = c == compression::none;
  text_ = make_decompressing(c, std::move(text_), in.path);
  return {};
}

status text_source::find_archive(split::form known) {
  archive_ = known == split::form::tar;
  if (known != split::form::unknown) return {};
  const result<std::string> head = look_ahead(tar_block);
  if (!head) return head.error();
  archive_ = is_tar(*head);
  return {};
}

status text_source::decode(const std::string& encoding) {
  encoding_ = encoding;
  if (encoding_ == "auto") {
    const result<std::string> sample = look_ahead(encoding_sample);
    if (!sample) return sample.error();
    encoding_ = encoding_of(*sample);
  }
  if (encoding_ == "utf-8") return {};
  result<std::unique_ptr<decoding_stream>> decoding = make_decoding(std::move(text_), encoding_);
  if (!decoding) return std::move(decoding).error();
  decoding_ = decoding->get();
  text_ = std::move(*decoding);
  plain_ = false;
  return {};
}

status text_source::skip_bom() {
  const result<std::string> first = look_ahead(utf8_bom.size());
  if (!first) return first.error();
  ahead_ = first->size();
  if (*first != utf8_bom) return {};
  if (decoding_ == nullptr) first_offset_ += utf8_bom.size();
  ahead_ = 0;
  std::string passed(utf8_bom.size(), '\0');
  const result<std::size_t> got = text_->read(passed.data(), passed.size());
  return got ? status() : status(got.error());
}

result<split_digest> text_source::digest() {
  std::string unread(std::size_t{1} << 16U, '\0');
  for (std::size_t got = 1; got > 0;) {
    const result<std::size_t> more = stored_->read(unread.data(), unread.size());
    if (!more) return more.error();
    got = *more;
  }
  return stored_->digest();
}

std::uint64_t text_source::expected() const {
  if (!plain_) return std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t left = stored_->left();
  return left > std::numeric_limits<std::uint64_t>::max() - ahead_ ? left : left + ahead_;
}

result<std::unique_ptr<text_source>> text_source::open(const input& in, const split& part,
                                                       const read_options& options) {
  std::unique_ptr<text_source> source(new text_source);
  if (status s = source->open_stored(in, part, options); !s) return std::move(s).error();
  if (status s = source->decompress(in, part.compression); !s) return std::move(s).error();
  if (status s = source->find_archive(part.is); !s) return std::move(s).error();
  if (source->archive_) return source;
  if (status s = source->decode(part.encoding); !s) return std::move(s).error();
  if (part.begin > 0) return source;
  if (status s = source->skip_bom(); !s) return std::move(s).error();
  return source;
}

result<std::unique_ptr<text_source>> text_source::open_member(std::unique_ptr<byte_stream> bytes,
                                                              const std::string& shown,
                                                              std::uint64_t first_offset,
                                                              const read_options& options) {
  std::unique_ptr<text_source> source(new text_source);
  source->text_ = std::move(bytes);
  source->first_offset_ = first_offset;
  source->plain_ = false;
  const result<std::string> magic = source->look_ahead(magic_bytes);
  if (!magic) return magic.error();
  source->text_ = make_decompressing(compression_of(*magic), std::move(source->text_), shown);
  if (status s = source->find_archive(split::form::unknown); !s) return std::move(s).error();
  if (source->archive_)
    return fail(code::archive_unsupported, fmt::format("'{}' is an archive in an archive", shown))
        .at(in_file(shown))
        .help("unpack the outer one with tar, and read the files");
  if (status s = source->decode(*check_encoding(options.encoding)); !s) return std::move(s).error();
  if (status s = source->skip_bom(); !s) return std::move(s).error();
  return source;
}

} // namespace vigie::io

// SPDX-License-Identifier: Apache-2.0
// Encodings of text files: which one a file has, and a stream that turns it into UTF-8. ICU stands
// in charset.cpp alone. Called by splits.cpp and text_source.cpp. A stream belongs to one thread.
#pragma once

#include "io/stream.hpp"

#include <cstdint>
#include <string_view>

namespace vigie::io {

// So many first bytes of the text decide an automatic encoding.
inline constexpr std::size_t encoding_sample = std::size_t{1} << 20U;
inline constexpr std::string_view utf8_bom = "\xef\xbb\xbf";

// "auto", "utf-8" (however it is spelled), or the name of an encoding that ICU knows, as it was
// written but in lower case. Error: input_encoding.
[[nodiscard]] result<std::string> check_encoding(const std::string& name);

// The encoding of a text by its first bytes: that of its byte order mark (UTF-8, UTF-16, UTF-32),
// else utf-8 where they are well-formed, else windows-1252, the default of the WHATWG Encoding
// Standard for western text. A character that the end of a full sample cuts is no fault. One bad
// byte behind the sample is thus the decoder's to report, and does not turn the whole file into
// another encoding.
[[nodiscard]] std::string encoding_of(std::string_view sample);

class decoding_stream : public byte_stream {
public:
  // Ill-formed sequences and unassigned codes so far, each replaced by U+FFFD.
  [[nodiscard]] virtual std::uint64_t replaced() const = 0;
};

// `encoding` is a checked one and not auto. Error: input_encoding.
[[nodiscard]] result<std::unique_ptr<decoding_stream>>
make_decoding(std::unique_ptr<byte_stream> from, const std::string& encoding);

} // namespace vigie::io

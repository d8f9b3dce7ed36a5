// SPDX-License-Identifier: Apache-2.0
// Functions that write values in another code: digests, hex, base64, the parts of web addresses.
#include "functions.hpp"
#include "json/cell.hpp"
#include "letters.hpp"
#include "url.hpp"
#include "wrong.hpp"

#include <openssl/evp.h>

#include <array>
#include <charconv>

namespace vigie::core::expr {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

void write_hex(std::string_view bytes, char* to) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *to++ = hex_digits[byte >> 4U];
    *to++ = hex_digits[byte & 15U];
  }
}
std::string_view as_hex(const call_frame& f, std::string_view bytes) {
  if (bytes.size() > text_arena::most / 2) throw too_much_text{};
  char* const made = f.texts.take(2 * bytes.size());
  write_hex(bytes, made);
  return {made, 2 * bytes.size()};
}

// The index of a constant's text among `names`, upper and lower case alike.
std::shared_ptr<const std::size_t> choice(const typed& n, std::span<const std::string_view> names,
                                          std::string_view what) {
  std::string given, all;
  to_lower(n.value.text, given);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == given) return std::make_shared<std::size_t>(i);
    all += (i == 0 ? "" : ", ") + std::string(names[i]);
  }
  throw wrong{VIGIE_E_CONFIG,
              std::string(what) + " " + quoted(n.value.text) + " does not exist; there is " + all,
              n.at};
}

// ---- digests -----------------------------------------------------------------------------------

struct free_context {
  void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); }
};
struct free_digest {
  void operator()(EVP_MD* d) const { EVP_MD_free(d); }
};

void digest(const call_frame& f, const char* name) {
  const std::unique_ptr<EVP_MD, free_digest> method(EVP_MD_fetch(nullptr, name, nullptr));
  const std::unique_ptr<EVP_MD_CTX, free_context> context(EVP_MD_CTX_new());
  if (method == nullptr || context == nullptr)
    throw error(VIGIE_E_INTERNAL, std::string("OpenSSL gives no ") + name);
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    std::array<unsigned char, EVP_MAX_MD_SIZE> made;
    unsigned size = 0;
    if (EVP_DigestInit_ex2(context.get(), method.get(), nullptr) != 1 ||
        EVP_DigestUpdate(context.get(), t.data(), t.size()) != 1 ||
        EVP_DigestFinal_ex(context.get(), made.data(), &size) != 1)
      throw error(VIGIE_E_INTERNAL, std::string("OpenSSL could not compute ") + name);
    f.put(row, as_hex(f, {reinterpret_cast<const char*>(made.data()), size}));
  });
}
void md5(const call_frame& f) { digest(f, "MD5"); }
void sha256(const call_frame& f) { digest(f, "SHA256"); }

// ---- hex and base64 ----------------------------------------------------------------------------

void to_hex(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    std::array<char, 16> made;
    const auto bits = static_cast<std::uint64_t>(f.whole(0, row));
    const auto done = std::to_chars(made.data(), made.data() + made.size(), bits, 16);
    f.put(row, f.texts.keep({made.data(), static_cast<std::size_t>(done.ptr - made.data())}));
  });
}

enum class code : std::size_t { hex, base64, base64url };

std::shared_ptr<const void> prepare_code(const argument_list& args) {
  static constexpr std::array<std::string_view, 3> names = {"hex", "base64", "base64url"};
  return choice(*args[1], names, "the code");
}
code code_of(const call_frame& f) { return static_cast<code>(f.prepared<std::size_t>()); }

void encode(const call_frame& f) {
  const code to = code_of(f);
  std::string made;
  each_live(f, [&](std::size_t row) {
    const std::string_view bytes = f.text(0, row);
    if (to == code::hex) return f.put(row, as_hex(f, bytes));
    if (bytes.size() > text_arena::most / 4 * 3) throw too_much_text{};
    made.clear();
    append_base64(made, bytes);
    if (to == code::base64url) { // RFC 4648, section 5, without padding
      while (made.ends_with('=')) made.pop_back();
      std::replace(made.begin(), made.end(), '+', '-');
      std::replace(made.begin(), made.end(), '/', '_');
    }
    f.put(row, f.texts.keep(made));
  });
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}
int base64_value(char c, bool url) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == (url ? '-' : '+')) return 62;
  return c == (url ? '_' : '/') ? 63 : -1;
}

bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Bits of the characters one behind the other; blanks between them are passed over. `bits`: of one
// character. false: another character, or bits left over that are not 0 or a whole character.
template <class Value>
bool read_digits(std::string_view text, unsigned bits, Value value, std::string& out) {
  unsigned held = 0, holds = 0;
  for (const char c : text) {
    if (blank(c)) continue;
    const int v = value(c);
    if (v < 0) return false;
    held = (held << bits | static_cast<unsigned>(v)) & 0xffffU;
    holds += bits;
    if (holds < 8) continue;
    holds -= 8;
    out += static_cast<char>(held >> holds & 255U);
  }
  return holds < bits && (held & ((1U << holds) - 1U)) == 0;
}

// Cuts the padding; false where its size does not fit the characters before it.
bool cut_padding(std::string_view& text) {
  std::size_t padding = 0;
  while (!text.empty() && (blank(text.back()) || text.back() == '=')) {
    padding += text.back() == '=' ? 1 : 0;
    text.remove_suffix(1);
  }
  const auto blanks = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), blank));
  return padding == 0 || (padding <= 2 && (text.size() - blanks + padding) % 4 == 0);
}

bool decoded(std::string_view text, code from, std::string& out) {
  out.clear();
  if (from == code::hex) return read_digits(text, 4, hex_value, out);
  const bool url = from == code::base64url;
  return cut_padding(text) &&
         read_digits(text, 6, [url](char c) { return base64_value(c, url); }, out);
}

void decode(const call_frame& f) {
  const code from = code_of(f);
  const std::string_view name = f.node.args[1]->value.view;
  std::string made;
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    if (!decoded(t, from, made))
      return f.fail(row, [&] {
        return (f.node.type.sensitive ? std::string("a text") : quoted(t)) + " is no " +
               std::string(name);
      });
    f.put(row, f.texts.keep(made));
  });
}

// ---- web addresses -----------------------------------------------------------------------------

void put_part(const call_frame& f, url_part part) {
  const bool fold = part == url_part::scheme || part == url_part::host;
  std::string made;
  each_live(f, [&](std::size_t row) {
    const auto found = part_of_url(f.text(0, row), part);
    if (!found) return f.null(row);
    const bool capital = fold && std::any_of(found->begin(), found->end(),
                                             [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!capital) return f.put(row, *found);
    made = *found;
    for (char& c : made) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    f.put(row, f.texts.keep(made));
  });
}
void url_host(const call_frame& f) { put_part(f, url_part::host); }
void any_url_part(const call_frame& f) {
  put_part(f, static_cast<url_part>(f.prepared<std::size_t>()));
}
std::shared_ptr<const void> prepare_url_part(const argument_list& args) {
  static constexpr std::array<std::string_view, 7> names = {"scheme", "userinfo", "host",    "port",
                                                            "path",   "query",    "fragment"};
  return choice(*args[1], names, "the part of a web address");
}

constexpr function table[] = {
    {"decode", "decode(text, code)", "tc", 2, 'y', decode, prepare_code},
    {"encode", "encode(bytes, code)", "yc", 2, 't', encode, prepare_code},
    {"md5", "md5(text)", "y", 1, 't', md5},
    {"sha256", "sha256(text)", "y", 1, 't', sha256},
    {"to_hex", "to_hex(number)", "i", 1, 't', to_hex},
    {"url_host", "url_host(url)", "t", 1, 't', url_host},
    {"url_part", "url_part(url, part)", "tc", 2, 't', any_url_part, prepare_url_part},
};

} // namespace

std::span<const function> code_functions() { return table; }

} // namespace vigie::core::expr

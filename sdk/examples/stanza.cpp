// SPDX-License-Identifier: MIT-0
// A decoder with borders of its own: blocks of `key: value` lines that end with an empty line.
#include <vigie/vigie.hpp>

namespace {

struct read_stanza : vigie::decode {
  static constexpr vigie::about about{.name = "stanza.read",
                                      .summary = "Reads blocks of key: value lines, a row a block.",
                                      .records = vigie::records::own};

  std::vector<std::string> keys;

  void params(vigie::params& p) { p.add("keys", keys, "Keys that become columns.").required(); }

  vigie::schema columns() const {
    vigie::schema out; // "vu": views into the chunk instead of copies
    for (const std::string& k : keys) out.push_back({.name = k, .format = "vu"});
    return out;
  }

  std::int64_t border(std::string_view bytes, bool) const {
    const std::size_t at = bytes.find("\n\n");
    return at == std::string_view::npos ? -1 : static_cast<std::int64_t>(at + 2);
  }

  void chunk(const vigie::chunk& c, vigie::decoded& out) const {
    for (std::size_t at = 0; at < c.bytes.size();) {
      const std::size_t end = std::min(c.bytes.find("\n\n", at), c.bytes.size());
      if (end > at) block(c.bytes.substr(at, end - at), c.offset + std::int64_t(at), out);
      at = std::min(end + 2, c.bytes.size());
    }
  }

  void block(std::string_view text, std::int64_t offset, vigie::decoded& out) const {
    const auto length = static_cast<std::int64_t>(text.size());
    if (text.find(':') == std::string_view::npos)
      return out.reject(offset, length, "", "the block holds no `key: value` line");
    for (std::size_t k = 0; k < keys.size(); ++k) {
      if (!out.wants(k)) continue;
      const std::string_view value = find(text, keys[k]);
      value.data() == nullptr ? out[k].null() : out[k].text(value);
    }
    out.row(offset, length);
  }

  static std::string_view find(std::string_view text, std::string_view key) {
    const std::string start = std::string(key) + ": ";
    for (std::size_t at = 0; at < text.size();) {
      const std::string_view line = text.substr(at, text.find('\n', at) - at);
      if (line.starts_with(start)) return line.substr(start.size());
      at += line.size() + 1;
    }
    return {};
  }
};

} // namespace

VIGIE_PLUGIN("stanza", "1.0.0", "Blocks of key: value lines.", "MIT-0", read_stanza)

// SPDX-License-Identifier: Apache-2.0
#include "spill_blocks.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <cstring>

namespace vigie::runs {
namespace {

struct head {
  std::uint64_t link, length;
  std::uint32_t crc, zero;
};
static_assert(sizeof(head) == 24);

std::uint32_t crc_of(const head& h, std::string_view bytes) {
  const auto* fields = reinterpret_cast<const Bytef*>(&h);
  const uLong crc = ::crc32_z(0, fields, sizeof h.link + sizeof h.length);
  return static_cast<std::uint32_t>(
      ::crc32_z(crc, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

} // namespace

diagnostic damaged(std::string_view what) {
  return fail(
             code::spill_damaged,
             fmt::format("a scratch file of the run holds other bytes than were written: {}", what))
      .help("check the disk of the work folder, then run again");
}

result<std::uint64_t> append_block(spill_file& file, std::string_view bytes, std::uint64_t link) {
  const std::uint64_t at = file.length();
  head h{link, bytes.size(), 0, 0};
  h.crc = crc_of(h, bytes);
  if (auto ok = file.append({reinterpret_cast<const char*>(&h), sizeof h}); !ok) return ok.error();
  if (auto ok = file.append(bytes); !ok) return ok.error();
  return at;
}

result<block> read_block(const spill_file& file, std::uint64_t offset) {
  head h{};
  const std::uint64_t room = file.length() < offset ? 0 : file.length() - offset;
  if (room < sizeof h) return damaged(fmt::format("no block begins at byte {}", offset));
  if (auto ok = file.read(offset, reinterpret_cast<char*>(&h), sizeof h); !ok) return ok.error();
  if (h.length > room - sizeof h || h.zero != 0)
    return damaged(fmt::format("the block at byte {} has an impossible length", offset));
  block out{
      .bytes = std::string(h.length, '\0'), .link = h.link, .end = offset + sizeof h + h.length};
  if (auto ok = file.read(offset + sizeof h, out.bytes.data(), out.bytes.size()); !ok)
    return ok.error();
  if (crc_of(h, out.bytes) != h.crc)
    return damaged(fmt::format("the check sum of the block at byte {} does not fit", offset));
  return out;
}

} // namespace vigie::runs

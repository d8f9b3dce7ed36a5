// SPDX-License-Identifier: Apache-2.0
#include "spill.hpp"

#include "io/files.hpp"

#include <fmt/format.h>

namespace vigie::runs {

spill_file::~spill_file() {
  folder_.grew(-counted_);
  (void)io::remove_tree(folder_.path_, path_);
}

status spill_file::append(std::string_view bytes) {
  if (auto ok = file_.append(bytes); !ok) return ok;
  counted_ += static_cast<std::int64_t>(bytes.size());
  folder_.grew(static_cast<std::int64_t>(bytes.size()));
  return {};
}

status spill_file::flush() { return file_.flush(); }

status spill_file::read(std::uint64_t offset, char* to, std::size_t bytes) const {
  return file_.read_at(offset, to, bytes);
}

spill_folder::~spill_folder() {
  of_components_.clear();
  if (made_) (void)io::remove_tree(io::parent_folder(path_), path_);
}

void spill_folder::grew(std::int64_t bytes) {
  const std::int64_t now = bytes_.fetch_add(bytes) + bytes;
  std::int64_t peak = peak_.load();
  while (now > peak && !peak_.compare_exchange_weak(peak, now)) {
  }
}

// What a run that died left here goes first, so that it takes no room.
status spill_folder::make() {
  const std::lock_guard lock(mutex_);
  if (made_) return {};
  const std::string above = io::parent_folder(path_);
  if (auto ok = io::make_folders(above); !ok) return ok;
  if (auto ok = io::remove_tree(above, path_); !ok) return ok;
  if (auto ok = io::make_folders(path_); !ok) return ok;
  made_ = true;
  return {};
}

result<std::unique_ptr<spill_file>> spill_folder::file() {
  if (auto ok = make(); !ok) return ok.error();
  const std::string name = fmt::format("{}/{}", path_, files_.fetch_add(1));
  auto made = io::append_file::create(name, name);
  if (!made) return std::move(made).error();
  return std::unique_ptr<spill_file>(new spill_file(*this, name, std::move(*made)));
}

std::shared_ptr<spill_file> spill_folder::find(std::uint64_t file) {
  const std::lock_guard lock(mutex_);
  const auto found = of_components_.find(file);
  return found == of_components_.end() ? nullptr : found->second;
}

namespace {

diagnostic no_file(std::uint64_t file) {
  return fail(code::internal, fmt::format("there is no scratch file {}", file));
}

} // namespace

result<std::uint64_t> spill_folder::create() {
  auto made = file();
  if (!made) return std::move(made).error();
  const std::lock_guard lock(mutex_);
  of_components_.emplace(next_, std::move(*made));
  return next_++;
}

status spill_folder::append(std::uint64_t file, std::string_view bytes) {
  const auto found = find(file);
  return found ? found->append(bytes) : no_file(file);
}

status spill_folder::read(std::uint64_t file, std::uint64_t offset, char* to, std::size_t bytes) {
  const auto found = find(file);
  if (!found) return no_file(file);
  if (auto ok = found->flush(); !ok) return ok;
  return found->read(offset, to, bytes);
}

std::uint64_t spill_folder::size(std::uint64_t file) {
  const auto found = find(file);
  return found ? found->length() : 0;
}

void spill_folder::drop(std::uint64_t file) {
  std::shared_ptr<spill_file> gone; // removed outside of the lock
  const std::lock_guard lock(mutex_);
  const auto found = of_components_.find(file);
  if (found == of_components_.end()) return;
  gone = std::move(found->second);
  of_components_.erase(found);
}

} // namespace vigie::runs

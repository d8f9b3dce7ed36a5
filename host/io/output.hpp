// SPDX-License-Identifier: Apache-2.0
// Output files that appear complete or not at all: written to a hidden temporary file, made
// durable, renamed at commit. Called by exec (sinks), runs (manifests, journals) and cli. One
// object, one thread; it owns its temporary file until commit or keep. Crash points (crash.hpp):
// output.create, output.checkpoint, output.finish, output.rename.
#pragma once

#include "io/compression.hpp"
#include "io/sha256.hpp"
#include "io/system.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::io {

struct output_options {
  io::compression compression = io::compression::none;
  int level = 0;                              // of the compression; 0: its default
  bool digest = true;                         // SHA-256 of the stored bytes
  std::size_t hold = std::size_t{256} << 10U; // bytes held back before a write, at least 1
};

// Every failure is a diagnostic that names the path, the operation and what to do: output_no_space,
// output_refused, or the code given below. After the first one every call gives the same; the
// temporary file is removed by the destructor, unless it is to be kept.
class output_file {
public:
  // Makes `temporary`, replacing what a died run left there. It must lie on the file system of the
  // final path, in a folder that exists. `shown` is how messages call the output. Errors:
  // output_create_failed, output_compress_failed.
  [[nodiscard]] static result<output_file> create(std::string temporary, std::string shown,
                                                  const output_options& options = {});
  // Goes on behind the first `length` bytes of an uncompressed temporary file that a died run left;
  // what follows them is cut off. They are read once for the digest. Where this fails, the file
  // stays as it is, or cut. Errors: those of input_failure (errors.hpp), input_not_a_file,
  // run_file_truncated where it is shorter, output_write_failed, output_path; internal where
  // `options` compress.
  [[nodiscard]] static result<output_file> open_again(std::string temporary, std::string shown,
                                                      std::uint64_t length,
                                                      const output_options& options = {});
  output_file(output_file&&) noexcept = default;
  output_file& operator=(output_file&&) = delete;
  ~output_file();

  // Errors: output_write_failed, output_compress_failed.
  [[nodiscard]] status write(std::string_view bytes);
  // Writes all that is held back and fsyncs it and its temporary name: from now on the first
  // bytes_stored() bytes survive any death, and open_again goes on behind them. Errors:
  // output_write_failed, output_sync_failed; internal where the output is compressed or finished.
  [[nodiscard]] status checkpoint();
  // Writes all that is held back, fsyncs and closes: from now on the bytes survive a power failure,
  // under the temporary name. Errors: output_write_failed, output_sync_failed.
  [[nodiscard]] status finish();
  // Finishes if need be, makes the parent folders and renames over what is there. Where only the
  // fsync of the folder fails, the file has its name, but a power failure may undo that. Errors:
  // output_folder_failed, output_rename_failed, output_sync_failed, output_path.
  [[nodiscard]] status commit(const std::string& final_path);
  // From now on the temporary file stays behind when the object goes, for a later open_again or
  // move_into_place; everything else goes on as before.
  void keep() { kept_ = true; }

  [[nodiscard]] std::uint64_t bytes_in() const { return bytes_in_; }         // given to write
  [[nodiscard]] std::uint64_t bytes_stored() const { return bytes_stored_; } // written to the file
  // Of the stored bytes, after finish; zeros with the digest switched off.
  [[nodiscard]] const sha256_value& digest() const { return digest_; }

private:
  output_file() = default;
  [[nodiscard]] static result<output_file> prepare(const std::string& temporary, std::string shown,
                                                   const output_options& options);
  [[nodiscard]] status failed(diagnostic d);
  [[nodiscard]] status store(std::string_view bytes);
  [[nodiscard]] status store(); // writes what is held
  [[nodiscard]] status sync();
  [[nodiscard]] status sync_name();
  [[nodiscard]] status end(); // finish, but for the temporary name

  std::string temporary_; // empty: moved from or committed
  std::string shown_;
  descriptor file_;
  std::unique_ptr<compressor> compressor_;
  std::string held_;
  sha256_hasher hasher_;
  std::size_t hold_ = 1;
  bool hashing_ = true;
  bool plain_ = true;
  bool kept_ = false;
  bool named_ = false; // the temporary name is durable
  bool finished_ = false;
  std::uint64_t bytes_in_ = 0;
  std::uint64_t bytes_stored_ = 0;
  sha256_value digest_{};
  status first_failure_;
};

// Renames a durable file to its final name, makes the parent folders before and fsyncs the folder
// after it. Errors: output_folder_failed, output_rename_failed, output_sync_failed,
// output_no_space, output_refused, output_path.
[[nodiscard]] status move_into_place(const std::string& from, const std::string& to);

// The whole of a small file, by way of a hidden temporary file beside it. Two writers of one path
// at once are not allowed. Makes parent folders. Errors: those of output_file.
[[nodiscard]] status write_file_atomically(const std::string& path, std::string_view bytes);

} // namespace vigie::io

// SPDX-License-Identifier: Apache-2.0
// Where ${secret:NAME} comes from: files given by --secret NAME=FILE, else the files in
// $CREDENTIALS_DIRECTORY (systemd.exec(5), credentials). Used by every command that takes a
// pipeline. One object a command, [main] thread; a file is read when its secret is first asked for.
#pragma once

#include "base/result.hpp"
#include "command.hpp"

#include <map>
#include <string>
#include <string_view>

namespace vigie::cli {

class secret_store {
public:
  explicit secret_store(const arguments& a);

  // What is wrong with the --secret options themselves (command_line); empty: nothing.
  [[nodiscard]] const diagnostics& problems() const { return problems_; }

  // The file's content without one newline at its end. Errors, without a place: bad_reference where
  // the name is none; secret_missing; secret_unfit where the content is no UTF-8 of
  // redactor::shortest bytes to 64 KiB.
  [[nodiscard]] result<std::string> find(std::string_view name);

private:
  [[nodiscard]] diagnostic missing(const std::string& name) const;
  [[nodiscard]] static result<std::string> read(const std::string& name, const std::string& file);

  std::map<std::string, std::string> files_; // by name
  std::string folder_;                       // of credentials; empty: there is none
  std::map<std::string, std::string> known_; // by name
  diagnostics problems_;
};

} // namespace vigie::cli

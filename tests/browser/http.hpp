// SPDX-License-Identifier: Apache-2.0
// As much of HTTP/1.1 (RFC 9112) as a WebDriver on this machine speaks: one request a connection,
// answers with a Content-Length or up to the end of the connection. Tests only; one thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace browser_test {

struct answer {
  int status = 0;
  std::string body;
};

// To 127.0.0.1. Throws std::runtime_error where nobody answers within `patience` seconds.
[[nodiscard]] answer ask(std::uint16_t port, std::string_view method, std::string_view path,
                         std::string_view body, int patience = 60);

} // namespace browser_test

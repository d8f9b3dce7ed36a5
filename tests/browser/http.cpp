// SPDX-License-Identifier: Apache-2.0
#include "http.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <stdexcept>

namespace browser_test {
namespace {

class connection {
public:
  connection(std::uint16_t port, int patience)
      : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (fd_ < 0) fail("no socket");
    const timeval limit{patience, 0};
    setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
      const int why = errno;
      close(fd_);
      errno = why;
      fail("no connection");
    }
  }
  connection(const connection&) = delete;
  connection& operator=(const connection&) = delete;
  ~connection() { close(fd_); }

  void send_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t n = send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) fail("the request was not taken");
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  // False: the other side has ended.
  bool receive(std::string& to) const {
    std::array<char, 65536> room;
    const ssize_t n = recv(fd_, room.data(), room.size(), 0);
    if (n < 0) fail("no answer");
    to.append(room.data(), static_cast<std::size_t>(n));
    return n > 0;
  }

private:
  [[noreturn]] static void fail(const char* what) {
    throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
  }
  int fd_;
};

// SIZE_MAX: the header does not say.
std::size_t content_length(std::string header) {
  std::transform(header.begin(), header.end(), header.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  constexpr std::string_view name = "\r\ncontent-length:";
  const std::size_t at = header.find(name);
  std::size_t out = SIZE_MAX;
  if (at == std::string::npos) return out;
  const std::size_t begin = header.find_first_not_of(' ', at + name.size());
  std::from_chars(header.data() + begin, header.data() + header.size(), out);
  return out;
}

} // namespace

answer ask(std::uint16_t port, std::string_view method, std::string_view path,
           std::string_view body, int patience) {
  const connection to(port, patience);
  std::string request(method);
  request.append(" ").append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:");
  request.append(std::to_string(port)).append("\r\nConnection: close\r\n");
  request.append("Content-Type: application/json; charset=utf-8\r\nContent-Length: ");
  request.append(std::to_string(body.size())).append("\r\n\r\n").append(body);
  to.send_all(request);
  std::string all;
  std::size_t head = std::string::npos, wanted = SIZE_MAX;
  while (wanted == SIZE_MAX || all.size() < wanted) {
    const bool more = to.receive(all);
    if (head == std::string::npos && (head = all.find("\r\n\r\n")) != std::string::npos) {
      const std::size_t length = content_length(all.substr(0, head));
      if (length != SIZE_MAX) wanted = head + 4 + length;
    }
    if (!more) break;
  }
  if (head == std::string::npos || all.size() < 12)
    throw std::runtime_error("an answer without a header");
  answer out;
  std::from_chars(all.data() + 9, all.data() + 12, out.status);
  out.body = all.substr(head + 4);
  return out;
}

} // namespace browser_test

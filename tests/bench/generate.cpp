// SPDX-License-Identifier: Apache-2.0
#include "generate.hpp"

#include "plugins/common/civil/civil.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace bench {

namespace {

namespace fs = std::filesystem;

// SplitMix64 (Steele, Lea, Flood 2014).
std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

class draws {
public:
  explicit draws(std::uint64_t seed) : state_(seed) {}
  std::uint64_t bits() { return mixed(state_ += 0x9e3779b97f4a7c15U); }
  // 0 to n - 1, each as likely.
  std::uint32_t below(std::uint32_t n) {
    return static_cast<std::uint32_t>(((bits() >> 32U) * n) >> 32U);
  }
  // 0 to n - 1, small ones far more often: few countries give most of the measurements.
  std::uint32_t skewed(std::uint32_t n) { return skewed_by(bits(), n); }
  static std::uint32_t skewed_by(std::uint64_t bits, std::uint32_t n) {
    const double u = static_cast<double>(bits >> 11U) * 0x1p-53;
    return static_cast<std::uint32_t>(u * u * u * n);
  }
  template <std::size_t N> std::string_view one_of(const std::array<std::string_view, N>& words) {
    return words[below(N)];
  }

private:
  std::uint64_t state_;
};

// A file that gets its name when it is whole.
class file_in_the_making {
public:
  explicit file_in_the_making(fs::path name)
      : name_(std::move(name)), hidden_(name_.string() + ".part"),
        file_(std::fopen(hidden_.c_str(), "wb"), &std::fclose) {
    if (!file_) throw std::runtime_error("cannot write " + hidden_.string());
  }
  std::string& text() { return text_; }
  [[nodiscard]] std::uint64_t size() const { return written_ + text_.size(); }
  void flush_from(std::size_t limit) {
    if (text_.size() < limit) return;
    if (std::fwrite(text_.data(), 1, text_.size(), file_.get()) != text_.size())
      throw std::runtime_error("cannot write " + hidden_.string());
    written_ += text_.size();
    text_.clear();
  }
  void finish() {
    flush_from(0);
    if (std::fclose(file_.release()) != 0)
      throw std::runtime_error("cannot write " + hidden_.string());
    fs::rename(hidden_, name_);
  }

private:
  fs::path name_, hidden_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::string text_;
  std::uint64_t written_ = 0;
};

template <class Format, class... Args>
void add(std::string& out, const Format& format, const Args&... args) {
  fmt::format_to(std::back_inserter(out), format, args...);
}

constexpr std::array<std::string_view, 60> countries{
    "IR", "CN", "RU", "TR", "VE", "ID", "MM", "EG", "PK", "TH", "VN", "KZ", "BY", "UZ", "SA",
    "AE", "IN", "MY", "US", "DE", "FR", "BR", "IT", "ES", "GB", "NL", "UG", "TZ", "ET", "KE",
    "NG", "ZW", "CU", "AZ", "TM", "TJ", "KG", "IQ", "SY", "LB", "JO", "BD", "LK", "NP", "KH",
    "LA", "PH", "SG", "HK", "TW", "JP", "KR", "UA", "PL", "HU", "RO", "MX", "CO", "EC", "PE"};
constexpr std::array<std::string_view, 16> tests{"web_connectivity",
                                                 "web_connectivity",
                                                 "web_connectivity",
                                                 "web_connectivity",
                                                 "web_connectivity",
                                                 "web_connectivity",
                                                 "telegram",
                                                 "whatsapp",
                                                 "signal",
                                                 "facebook_messenger",
                                                 "tor",
                                                 "psiphon",
                                                 "dash",
                                                 "ndt",
                                                 "http_invalid_request_line",
                                                 "http_header_field_manipulation"};
constexpr std::uint32_t tests_with_input = 6;
constexpr std::array<std::string_view, 24> sites{
    "www.daily.example",      "forum.example",      "video.example",      "mail.example",
    "search.example",         "wiki.example",       "rights.example",     "chat.example",
    "blog.elections.example", "www.radio.example",  "archive.example",    "vpn.example",
    "social.example",         "news.north.example", "news.south.example", "shop.example",
    "www.party.example",      "union.example",      "maps.example",       "code.example",
    "photos.example",         "www.health.example", "poetry.example",     "weather.example"};
constexpr std::array<std::string_view, 5> platforms{"linux", "android", "windows", "macos", "ios"};
constexpr std::array<std::string_view, 9> verdicts{
    "false",         "false",    "false",       "false",
    "null",          R"("dns")", R"("tcp_ip")", R"("http-failure")",
    R"("http-diff")"};

constexpr std::int64_t first_day = vigie::civil::days_of({2014, 1, 10});

void add_url(std::string& out, draws& d) {
  add(out, FMT_COMPILE(R"("https://{}/)"), sites[d.skewed(sites.size())]);
  const std::uint32_t kind = d.below(100);
  if (kind == 0) out += R"(d\u00e9p\u00eache\"2014\")"; // escapes, to be read and written again
  if (kind > 0 && kind < 4) out += "新聞/";
  if (kind < 60) add(out, FMT_COMPILE("{:06x}"), d.below(1U << 24U));
  out += '"';
}

void add_measurement(std::string& out, draws& d) {
  const std::uint32_t country = d.skewed(countries.size());
  const std::uint32_t network = 2000 + country * 89 + d.skewed(60) * 11;
  const std::uint32_t test = d.below(tests.size());
  const vigie::civil::day day = vigie::civil::day_of(first_day + d.below(60));
  const std::uint32_t second = d.below(86'400);
  const std::uint32_t hours = second / 3600, minutes = second / 60 % 60, seconds = second % 60;
  add(out,
      FMT_COMPILE(R"({{"measurement_uid":"{:04}{:02}{:02}{:02}{:02}{:02}.{:06}_{}_{}_{:016x}",)"),
      day.year, day.month, day.day_of_month, hours, minutes, seconds, d.below(1'000'000),
      countries[country], tests[test].substr(0, 12), d.bits());
  add(out, FMT_COMPILE(R"("probe_cc":"{}","probe_asn":"AS{}","test_name":"{}","input":)"),
      countries[country], network, tests[test]);
  if (test < tests_with_input)
    add_url(out, d);
  else
    out += "null";
  add(out, FMT_COMPILE(R"(,"measurement_start_time":"{:04}-{:02}-{:02} {:02}:{:02}:{:02}")"),
      day.year, day.month, day.day_of_month, hours, minutes, seconds);
  add(out, FMT_COMPILE(R"(,"test_runtime":{}.{})"), d.below(60), 1 + d.below(999'999));
  add(out,
      FMT_COMPILE(R"(,"annotations":{{"engine_name":"probe-engine","engine_version":"3.{}.0",)"
                  R"("platform":"{}","network_type":"{}"}})"),
      d.below(24), d.one_of(platforms), d.below(2) == 0 ? "mobile" : "wifi");
  const std::string_view verdict = d.one_of(verdicts);
  const std::string_view accessible =
      verdict == "false" ? "true" : (verdict == "null" ? "null" : "false");
  add(out,
      FMT_COMPILE(R"(,"test_keys":{{"blocking":{},"accessible":{},"queries":{},)"
                  R"("body_proportion":0.{:04}}}}})"
                  "\n"),
      verdict, accessible, d.below(9), d.below(10'000));
}

void add_address(std::string& out, std::uint32_t a) {
  add(out, FMT_COMPILE("{}.{}.{}.{}"), a >> 24U, (a >> 16U) & 255U, (a >> 8U) & 255U, a & 255U);
}

// Distinct addresses between 23.0.0.0 and 71.0.0.0, among which other flows do not go.
std::vector<std::uint32_t> indicator_addresses() {
  std::vector<std::uint32_t> out;
  std::unordered_set<std::uint32_t> seen;
  for (std::uint64_t k = 0; out.size() < indicator_count; ++k) {
    const auto a = 0x17000000U + static_cast<std::uint32_t>(mixed(0x1d1c + k) % 0x30000000U);
    if (seen.insert(a).second) out.push_back(a);
  }
  return out;
}

constexpr std::array<std::uint32_t, 8> ports{443, 80, 53, 22, 25, 123, 8080, 3389};

// About every seventh flow goes to an indicator, from one of 1.2 million sources that each know
// one or two of them.
void add_flow(std::string& out, draws& d, std::int64_t second,
              const std::vector<std::uint32_t>& indicators) {
  const std::uint64_t r = d.bits();
  const bool hit = (r & 1023U) < 150;
  std::uint32_t from = 0x70000000U, to = 0;
  if (hit) {
    const std::uint32_t source = d.below(1'200'000);
    const std::uint64_t knows = mixed(source * std::uint64_t{3} + (d.below(8) == 0 ? 1U : 0U));
    from += static_cast<std::uint32_t>(mixed(0x50c5 + source) % 0x10000000U);
    to = indicators[draws::skewed_by(knows, indicator_count)];
  } else {
    from += static_cast<std::uint32_t>(d.bits() % 0x10000000U);
    to = 0x50000000U + d.below(0x60000000U);
  }
  add(out, FMT_COMPILE("{},"), second);
  add_address(out, from);
  out += ',';
  add_address(out, to);
  add(out, FMT_COMPILE(",{},{},{},{}\n"), hit ? 6667 : ports[(r >> 10U) & 7U],
      ((r >> 13U) & 7U) != 0 ? "tcp" : "udp", 40 + ((r >> 20U) & 0x3fffU), 1 + ((r >> 40U) & 31U));
}

void write_measurements(const fs::path& name, std::uint64_t bytes) {
  file_in_the_making file(name);
  for (draws d(1); file.size() < bytes; file.flush_from(1U << 20U)) add_measurement(file.text(), d);
  file.finish();
}

void write_flows(const fs::path& name, std::int64_t rows) {
  constexpr std::int64_t begin = 1'395'187'200, seconds = 61 * 86'400; // 2014-03-19, 61 days
  const std::vector<std::uint32_t> indicators = indicator_addresses();
  file_in_the_making file(name);
  file.text() = "ts,src_ip,dst_ip,dst_port,proto,bytes,packets\n";
  draws d(2);
  for (std::int64_t i = 0; i < rows; ++i, file.flush_from(1U << 20U))
    add_flow(file.text(), d, begin + i * seconds / rows, indicators);
  file.finish();
}

void write_indicators(const fs::path& name) {
  file_in_the_making file(name);
  file.text() = "dst_ip,family\n";
  std::uint32_t k = 0;
  for (const std::uint32_t a : indicator_addresses()) {
    add_address(file.text(), a);
    add(file.text(), FMT_COMPILE(",family-{}\n"), k++ % 37);
  }
  file.finish();
}

void unless_there(const fs::path& name, const std::function<void()>& write) {
  if (!fs::exists(name)) write();
}

} // namespace

inputs make_inputs(const fs::path& folder, const std::string& size) {
  const std::size_t step = std::string("SML").find(size);
  if (size.size() != 1 || step == std::string::npos)
    throw std::runtime_error("the size is '" + size + "', not S, M or L");
  std::uint64_t bytes = 10'000'000;
  std::int64_t rows = 200'000;
  for (std::size_t i = 0; i < step; ++i) bytes *= 10, rows *= 10;
  fs::create_directories(folder);
  inputs out{folder / ("measurements." + size + ".jsonl"), folder / ("flows." + size + ".csv"),
             folder / "indicators.csv", folder / "one.jsonl"};
  unless_there(out.measurements, [&] { write_measurements(out.measurements, bytes); });
  unless_there(out.flows, [&] { write_flows(out.flows, rows); });
  unless_there(out.indicators, [&] { write_indicators(out.indicators); });
  unless_there(out.one, [&] { write_measurements(out.one, 1); });
  return out;
}

} // namespace bench

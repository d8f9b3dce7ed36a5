// SPDX-License-Identifier: Apache-2.0
#include "measure.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>

namespace bench {

namespace {

namespace fs = std::filesystem;

std::string last_words(const fs::path& file) {
  std::ifstream in(file);
  std::string line, last;
  while (std::getline(in, line) && last.size() < 300)
    if (!line.empty()) last += (last.empty() ? "" : " ") + line;
  std::ranges::replace(last, '|', '/');
  return last.substr(0, 300);
}

class trial {
public:
  trial(measured& m, const places& p, const settings& s) : m_(m), p_(p), s_(s) {}

  // Everyone once with each number of threads, unmeasured; who gives no answer or a wrong one is
  // out. The limit's answer is the reference, and the peers confirm it.
  void gate() {
    reference(role::limit, reference_, m_.rows);
    std::uint64_t ignored = 0;
    reference(role::judge, sibling_, ignored);
    m_.sibling_judged = sibling_.has_value();
    for (contender& c : m_.all) {
      if (c.part == role::judge || !c.trouble.empty()) continue;
      for (const int threads : threads_of(c)) admit(c, threads);
    }
    for (const contender& c : m_.all)
      if (c.part <= role::limit && !c.trouble.empty() && m_.wrong.empty())
        m_.wrong = c.name + ": " + c.trouble;
  }

  void rounds() {
    const int runs = is_start(m_.what) ? std::max(s_.runs, 15) : s_.runs;
    for (int round = 0; round < runs; ++round)
      for (contender& c : m_.all)
        if (c.part != role::judge && (round == 0 || !slow_.contains(c.name))) once_each(c);
    if (terminal_) fmt::print(stderr, "\r\x1b[K");
  }

private:
  [[nodiscard]] std::vector<int> threads_of(const contender& c) const {
    if (is_start(m_.what)) return {1};
    if (c.threads) return s_.threads;
    return std::ranges::find(s_.threads, 1) == s_.threads.end() ? std::vector<int>{}
                                                                : std::vector<int>{1};
  }

  sample start(contender& c, int threads) {
    fs::remove_all(c.part <= role::sibling ? c.output.parent_path() : c.output);
    if (terminal_) fmt::print(stderr, "\r\x1b[K{} {} x{} ", m_.what.id, c.name, threads);
    const sample s = run(command_of(c, threads, p_), threads);
    if (s.code != 0)
      c.trouble = fmt::format("failed ({}): {}", s.code, last_words(p_.work / "errors.txt"));
    return s;
  }

  void reference(role part, std::optional<fingerprint>& into, std::uint64_t& rows) {
    const auto c = std::ranges::find(m_.all, part, &contender::part);
    if (c == m_.all.end()) return;
    start(*c, 1);
    if (!c->trouble.empty()) return;
    into = fingerprint_of(c->output, m_.what.answer);
    rows = into->rows;
    fs::remove(c->output);
  }

  void admit(contender& c, int threads) {
    const sample s = start(c, threads);
    if (!c.trouble.empty()) return;
    const auto& right = c.part == role::sibling ? sibling_ : reference_;
    try {
      const fingerprint got = fingerprint_of(c.output, m_.what.answer);
      if (right && got != *right)
        c.trouble = got.rows == right->rows
                        ? fmt::format("wrong answer: {} rows, but not the right ones", got.rows)
                        : fmt::format("wrong answer: {} rows, {} are right", got.rows, right->rows);
    } catch (const std::exception& e) {
      c.trouble = fmt::format("wrong answer: {}", e.what());
    }
    if (s.wall_s > s_.patience_s) slow_.insert(c.name);
    sizes_[c.name] = fs::exists(c.output) ? fs::file_size(c.output) : 0;
    fs::remove(c.output);
  }

  void once_each(contender& c) {
    for (const int threads : threads_of(c)) {
      if (!c.trouble.empty()) return;
      const sample s = start(c, threads);
      if (!c.trouble.empty()) return;
      if (!fs::exists(c.output) || fs::file_size(c.output) != sizes_[c.name])
        c.trouble = "wrong answer: another size than at the gate";
      c.runs[threads].push_back(s);
    }
  }

  measured& m_;
  const places& p_;
  const settings& s_;
  std::optional<fingerprint> reference_, sibling_;
  std::map<std::string, std::uintmax_t> sizes_;
  std::set<std::string> slow_;
  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
};

} // namespace

measured measure(const workload& w, const inputs& all, const places& p, const settings& s) {
  fs::create_directories(p.work);
  measured m{.what = w,
             .input_mb = static_cast<double>(fs::file_size(input_of(w, all))) / 1e6,
             .all = contenders_of(w, all, p)};
  trial t(m, p, s);
  t.gate();
  t.rounds();
  fs::remove_all(p.work);
  return m;
}

} // namespace bench

// SPDX-License-Identifier: Apache-2.0
// Components that try to let a secret and the cells of sensitive columns out, in every call the
// interface knows, by log lines, errors, reject reasons and names of columns. `how` is "WAY CALL",
// such as "log process"; everywhere else they do their work.
#include <vigie/vigie.hpp>

#include <charconv>
#include <fstream>
#include <map>
#include <string>

namespace {

// What a call can get hold of, and how it lets it out.
struct mouth {
  std::string token, how;
  vigie::host_services host;

  void params(vigie::params& p) {
    p.add("token", token, "A secret.").secret();
    p.add("how", how, "WAY CALL.");
  }
  [[nodiscard]] bool does(const char* way, const char* call) const {
    return how == std::string(way) + " " + call;
  }
  [[nodiscard]] std::string words(std::string_view cell) const {
    std::string quoted; // as a component that writes JSON would have it
    for (const char c : token)
      quoted += c == '"' ? "\\\"" : c == '\\' ? "\\\\" : c == '\n' ? "\\n" : std::string(1, c);
    return "I know " + std::string(cell) + ", " + token + ", \"" + quoted + "\" and \xff" + token;
  }
  void speak(const char* call, std::string_view cell = "") const {
    if (does("log", call))
      for (const int level : {VIGIE_LOG_ERROR, VIGIE_LOG_WARNING, VIGIE_LOG_INFO, VIGIE_LOG_DEBUG})
        host.log(level, words(cell));
    if (does("log-cut", call)) // the line is cut in the middle of the secret
      host.warn(std::string(3990, 'x') + token + std::string(cell));
    if (does("error", call))
      throw vigie::error(VIGIE_E_DATA, words(cell)).at_row(0, std::string(cell));
    if (does("error-cut", call)) // the room for messages ends in the middle of the secret
      throw vigie::error(VIGIE_E_IO, std::string(500, 'x') + token).at_row(0, token);
    if (does("file", call)) throw vigie::error(VIGIE_E_IO, host_says(cell));
  }
  [[nodiscard]] std::string host_says(std::string_view name) const {
    try {
      static_cast<void>(host.resource(std::string(name) + token));
    } catch (const vigie::error& e) {
      return e.message;
    }
    return "no error";
  }
};

// Lines "PHONE ID": `phone` and `id` are sensitive, `line` is the number of bytes.
struct read_lines : vigie::decode, mouth {
  static constexpr vigie::about about{.name = "leaky.read_lines", .summary = "Reads and talks."};
  using mouth::params;

  [[nodiscard]] vigie::schema columns() const {
    speak("bind");
    return {{.name = "phone", .sensitive = true},
            {.name = "id", .kind = vigie::kind::int64, .sensitive = true},
            {.name = "bytes", .kind = vigie::kind::int64}};
  }

  struct task {
    task(const read_lines& r, const vigie::input& in, const vigie::task_info&) : self(r) {
      self.speak("open", in.head);
    }
    void chunk(const vigie::chunk& bytes, vigie::decoded& out) const {
      self.speak("process", bytes.bytes);
      bytes.lines([&](std::string_view line, std::int64_t offset) {
        const auto size = static_cast<std::int64_t>(line.size());
        if (self.does("reject", "process")) {
          out.reject(offset, size, line.substr(0, 20), self.words(line));
          return;
        }
        const std::size_t space = line.find(' ');
        std::int64_t id = 0;
        std::from_chars(line.data() + space + 1, line.data() + line.size(), id);
        out[0].text(line.substr(0, space));
        out[1].integer(id);
        out[2].integer(size);
        out.row(offset, size);
      });
    }
    const read_lines& self;
  };
};

struct pass : vigie::transform, mouth {
  static constexpr vigie::about about{
      .name = "leaky.pass", .summary = "Passes on and talks.", .rows = vigie::rows::some};
  using mouth::params;
  vigie::need phone;
  vigie::add size;

  void bind(vigie::binding& b) {
    phone = b.column("phone");
    size = b.adds({"size", vigie::kind::int64});
    speak("bind");
  }

  struct task {
    task(const pass& p, const vigie::task_info&) : self(p) { self.speak("open", last); }
    void process(const vigie::batch& in, vigie::output& out) {
      for (std::int64_t i = 0; i < in.size(); ++i) {
        last = in[self.phone].text(i);
        self.speak("process", last);
        if (self.does("reject", "process")) {
          out.reject(i, last, self.words(last));
          continue;
        }
        out.row(i);
        out[self.size].integer(static_cast<std::int64_t>(last.size()));
      }
    }
    void finish(vigie::output&) { self.speak("finish", last); }
    const pass& self;
    std::string last;
  };
};

struct tally : vigie::aggregate, mouth {
  static constexpr vigie::about about{.name = "leaky.tally", .summary = "Counts and talks."};
  using mouth::params;
  vigie::need phone, key;

  void bind(vigie::aggregate_binding& b) {
    phone = b.column("phone");
    key = b.key({.name = "phone", .sensitive = true});
    static_cast<void>(b.adds({.name = "phone", .sensitive = true}));
    speak("bind");
  }

  struct task {
    task(const tally& t, const vigie::task_info&) : self(t) { self.speak("open"); }
    void update(const vigie::batch& in) {
      for (std::int64_t i = 0; i < in.size(); ++i) add(in[self.phone].text(i));
      self.speak("update", last);
    }
    bool partial(std::int64_t want, vigie::decoded& out) {
      self.speak("partial", last);
      return give(want, out);
    }
    void merge(const vigie::batch& in) {
      for (std::int64_t i = 0; i < in.size(); ++i) add(in[self.key].text(i));
      self.speak("merge", last);
    }
    bool result(std::int64_t want, vigie::decoded& out) {
      self.speak("result", last);
      return give(want, out);
    }
    void add(std::string_view phone) {
      last = phone;
      seen[last] = 1;
    }
    bool give(std::int64_t want, vigie::decoded& out) {
      for (; want > 0 && !seen.empty(); --want) {
        out[0].text(seen.begin()->first);
        out.row();
        seen.erase(seen.begin());
      }
      return !seen.empty();
    }
    const tally& self;
    std::map<std::string, int> seen;
    std::string last;
  };
};

struct order : vigie::arrange, mouth {
  static constexpr vigie::about about{.name = "leaky.order", .summary = "Keeps order and talks."};
  using mouth::params;
  vigie::need phone;

  void bind(vigie::binding& b) {
    phone = b.column("phone");
    speak("bind");
  }

  struct task {
    task(const order& o, const vigie::task_info&) : self(o) { self.speak("open"); }
    bool take(const vigie::batch& in, std::span<const std::uint64_t> row_ids, vigie::order&) {
      if (in.size() > 0) last = in[self.phone].text(0);
      self.speak("take", last);
      ids.insert(ids.end(), row_ids.begin(), row_ids.end());
      return true;
    }
    void end(vigie::order& out) {
      self.speak("end", last);
      out.emit(ids);
    }
    const order& self;
    std::string last;
    std::vector<std::uint64_t> ids;
  };
};

struct write_lines : vigie::encode, mouth {
  static constexpr vigie::about about{.name = "leaky.write_lines", .summary = "Writes and talks."};
  using mouth::params;
  vigie::need phone;

  void bind(vigie::binding& b) {
    phone = b.column("phone");
    speak("bind");
  }

  struct task {
    task(const write_lines& w, const vigie::task_info&) : self(w) { self.speak("open"); }
    void head(vigie::writer& out) const {
      self.speak("head");
      if (self.does("size", "head")) out.write(std::to_string(self.token.size()) + "\n");
    }
    void write(const vigie::batch& in, vigie::writer& out) {
      for (std::int64_t i = 0; i < in.size(); ++i) {
        last = in[self.phone].text(i);
        out.write(last + "\n");
      }
      self.speak("rows", last);
    }
    void foot(std::uint64_t, vigie::writer&) const { self.speak("foot", last); }
    const write_lines& self;
    std::string last;
  };
};

struct keep : vigie::sink, mouth {
  static constexpr vigie::about about{
      .name = "leaky.keep", .summary = "Keeps and talks.", .parallel = vigie::parallel::single};
  using mouth::params;
  vigie::need phone;

  void bind(vigie::binding& b) {
    phone = b.column("phone");
    speak("bind");
  }
  void commit(std::span<const std::string_view> receipts) const {
    for (const std::string_view r : receipts) speak("commit", r);
  }

  struct task {
    task(const keep& k, std::string_view folder, std::string_view name, const vigie::task_info&)
        : self(k), file(std::string(folder) + "/" + std::string(name)) {
      self.speak("open");
    }
    void write(const vigie::batch& in) {
      for (std::int64_t i = 0; i < in.size(); ++i) {
        last = in[self.phone].text(i);
        all += last + "\n";
      }
      self.speak("write", last);
    }
    void prepare(vigie::writer& receipt) const {
      std::ofstream(file) << all;
      receipt.write(last);
      self.speak("prepare", last);
    }
    const keep& self;
    std::string file, all, last;
  };
};

} // namespace

VIGIE_PLUGIN("leaky", "1.0.0", "Components that talk.", "Apache-2.0", read_lines, pass, tally,
             order, write_lines, keep)

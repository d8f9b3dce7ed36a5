// SPDX-License-Identifier: Apache-2.0
#include "io/faults.hpp"
#include "io/files.hpp"
#include "io/output.hpp"
#include "io/simulated_system.hpp"
#include "io/system_over.hpp"
#include "scratch.hpp"

#include <cerrno>

using vigie::code;
using vigie::status;
using vigie::io::call;
using vigie::io::compression;
using vigie::io::output_file;

namespace {

using names = std::vector<std::string>;

// The whole way of an output: two writes larger than the buffer, finish, commit into a new folder.
status write_out(const scratch& s, const std::string& bytes,
                 const vigie::io::output_options& options = {}) {
  auto out = output_file::create(s.path(".work-1"), "out/x.txt", options);
  if (!out) return out.error();
  if (status w = out->write(bytes); !w) return w;
  if (status w = out->write(bytes); !w) return w;
  return out->commit(s.path("new/sub/x.txt"));
}

} // namespace

TEST_CASE("an output is invisible until its commit and complete after it") {
  const scratch s;
  auto out = output_file::create(s.path(".work"), "x");
  REQUIRE(out);
  REQUIRE(out->write("hello "));
  REQUIRE(out->write("world"));
  REQUIRE(out->finish());
  CHECK(s.names() == names{".work"});
  CHECK(s.get(s.path(".work")) == "hello world");
  CHECK(out->bytes_in() == 11);
  CHECK(out->bytes_stored() == 11);
  CHECK(out->digest() == *vigie::io::sha256("hello world"));
  REQUIRE(out->commit(s.path("a/b/x")));
  CHECK(s.names() == names{"a"});
  CHECK(s.get(s.path("a/b/x")) == "hello world");
}

TEST_CASE(
    "an output that is not committed leaves nothing, and one that is kept can be moved later") {
  const scratch s;
  {
    auto out = output_file::create(s.path(".work"), "x");
    REQUIRE(out);
    REQUIRE(out->write("partial"));
    REQUIRE(out->finish());
  }
  CHECK(s.names().empty());
  {
    auto out = output_file::create(s.path(".work"), "x");
    REQUIRE(out);
    REQUIRE(out->write("whole"));
    REQUIRE(out->finish());
    out->keep();
  }
  REQUIRE(vigie::io::move_into_place(s.path(".work"), s.path("x")));
  CHECK(s.get(s.path("x")) == "whole");
}

TEST_CASE("a commit replaces what is there, and what a died run left is no hindrance") {
  const scratch s;
  s.put("x", "old");
  s.put(".work", "left by a run that died, longer than the new one");
  auto out = output_file::create(s.path(".work"), "x");
  REQUIRE(out);
  REQUIRE(out->write("new"));
  REQUIRE(out->commit(s.path("x")));
  CHECK(s.get(s.path("x")) == "new");
  CHECK(s.names() == names{"x"});
}

TEST_CASE("compressed outputs read back as their text and are the same each time") {
  const scratch s;
  const std::string bytes(700'001, 'q');
  for (const compression c : {compression::gzip, compression::zstd}) {
    REQUIRE(write_out(s, bytes, {.compression = c}));
    const std::string stored = s.get(s.path("new/sub/x.txt"));
    const auto all = read_path(s.path("new/sub/x.txt"), {.records = vigie::io::record_mode::file});
    REQUIRE(all);
    CHECK(all->text == bytes + bytes);
    REQUIRE(write_out(s, bytes, {.compression = c}));
    CHECK(s.get(s.path("new/sub/x.txt")) == stored);
  }
}

TEST_CASE("short writes are carried on") {
  const scratch s;
  const std::string bytes(300'000, 'w');
  vigie::io::faulty_system faulty(vigie::io::sys(),
                                  {{.kind = call::write, .nth = 1, .onwards = true, .error = 0}});
  const vigie::io::system_guard guard(faulty);
  REQUIRE(write_out(s, bytes));
  CHECK(s.get(s.path("new/sub/x.txt")) == bytes + bytes);
  CHECK(faulty.calls(call::write) > 10);
}

TEST_CASE("each call that fails on the way of an output is reported, and no output is half there") {
  const std::string bytes(300'000, 'w');
  for (const call kind :
       {call::open, call::write, call::fsync, call::close, call::rename, call::mkdir, call::unlink})
    for (const int error : {ENOSPC, EIO, EROFS, EDQUOT})
      for (std::uint64_t nth = 1; nth < 30; ++nth) {
        const scratch s;
        vigie::io::faulty_system faulty(vigie::io::sys(),
                                        {{.kind = kind, .nth = nth, .error = error}});
        status done;
        {
          const vigie::io::system_guard guard(faulty);
          done = write_out(s, bytes);
        }
        if (faulty.calls(kind) < nth) break;
        CAPTURE(vigie::io::name_of(kind), error, nth);
        const bool there = std::filesystem::exists(s.path("new/sub/x.txt"));
        if (there) CHECK(s.get(s.path("new/sub/x.txt")) == bytes + bytes);
        // Closing a folder that is synced tells nothing; every other failure must be told.
        if (kind == call::close && nth > 1) {
          CHECK(done);
          continue;
        }
        REQUIRE_FALSE(done);
        const bool full = error == ENOSPC || error == EDQUOT;
        if (full) CHECK(done.error().code == code::output_no_space);
        if (error == EROFS) CHECK(done.error().code == code::output_refused);
        CHECK_FALSE(done.error().hint.empty());
        CHECK(done.error().message.find(vigie::entry_of(code::internal).title) ==
              std::string::npos);
        if (kind != call::unlink) CHECK_FALSE(std::filesystem::exists(s.path(".work-1")));
      }
}

TEST_CASE("a failed fsync of the data keeps the output from its place, and a failed close too") {
  for (const call kind : {call::fsync, call::close}) {
    const scratch s;
    vigie::io::faulty_system faulty(vigie::io::sys(), {{.kind = kind, .nth = 1, .error = EIO}});
    const vigie::io::system_guard guard(faulty);
    const status done = write_out(s, "x");
    REQUIRE_FALSE(done);
    CHECK(done.error().code ==
          (kind == call::fsync ? code::output_sync_failed : code::output_write_failed));
    CHECK(s.names().empty());
  }
}

TEST_CASE("after its first failure an output gives the same answer to every call") {
  const scratch s;
  vigie::io::faulty_system faulty(vigie::io::sys(),
                                  {{.kind = call::write, .nth = 1, .error = ENOSPC}});
  const vigie::io::system_guard guard(faulty);
  auto out = output_file::create(s.path(".work"), "x");
  REQUIRE(out);
  REQUIRE_FALSE(out->write(std::string(400'000, 'x')));
  CHECK(out->write("y").error().code == code::output_no_space);
  CHECK(out->finish().error().code == code::output_no_space);
  CHECK(out->commit(s.path("x")).error().code == code::output_no_space);
  CHECK_FALSE(std::filesystem::exists(s.path("x")));
}

TEST_CASE("a device that is full gives its own code without injected faults") {
  if (!std::filesystem::exists("/dev/full")) return;
  const scratch s;
  class full_system final
      : public tests::system_over { // opens the device that is always full in place of the file
  public:
    explicit full_system(vigie::io::system& s) : system_over(s), s_(s) {}
    int open(const std::string&, int, unsigned) override { return s_.open("/dev/full", 1, 0); }

  private:
    vigie::io::system& s_;
  };
  full_system full(vigie::io::sys());
  const vigie::io::system_guard guard(full);
  auto out = output_file::create(s.path(".work"), "x");
  REQUIRE(out);
  REQUIRE(out->write("x"));
  CHECK(out->finish().error().code == code::output_no_space);
}

TEST_CASE("paths that cannot be files are refused") {
  const scratch s;
  for (const std::string& bad : {std::string(), s.path("a/"), s.path(std::string("a\0b", 3))}) {
    const auto out = output_file::create(bad, "x");
    REQUIRE_FALSE(out);
    CHECK(out.error().code == code::output_path);
  }
  s.put("file");
  std::filesystem::create_directory(s.path("folder"));
  s.put("folder/inside");
  CHECK(vigie::io::write_file_atomically(s.path("file/x"), "x").error().code ==
        code::output_folder_failed);
  CHECK(vigie::io::write_file_atomically(s.path("folder"), "x").error().code ==
        code::output_rename_failed);
  CHECK(s.names() == names{"file", "folder"});
}

TEST_CASE("a small file is written whole, over what was there") {
  const scratch s;
  REQUIRE(vigie::io::write_file_atomically(s.path("a/b/x"), "one"));
  REQUIRE(vigie::io::write_file_atomically(s.path("a/b/x"), "two"));
  CHECK(s.get(s.path("a/b/x")) == "two");
  CHECK(s.names("a/b") == names{"x"});
}

TEST_CASE("an output that is kept goes on as before and stays behind when it goes") {
  const scratch s;
  {
    auto out = output_file::create(s.path(".work"), "x");
    REQUIRE(out);
    out->keep();
    REQUIRE(out->write("one"));
    REQUIRE(out->checkpoint());
    CHECK(s.get(s.path(".work")) == "one");
    CHECK(out->bytes_stored() == 3);
    REQUIRE(out->write("two"));
    REQUIRE(out->checkpoint());
    REQUIRE(out->checkpoint());
    REQUIRE(out->write("lost"));
  }
  CHECK(s.get(s.path(".work")) == "onetwo");
  auto out = output_file::open_again(s.path(".work"), "x", 3);
  REQUIRE(out);
  CHECK(s.get(s.path(".work")) == "one");
  CHECK(out->bytes_stored() == 3);
  out->keep();
  REQUIRE(out->write("three"));
  REQUIRE(out->commit(s.path("x")));
  CHECK(s.get(s.path("x")) == "onethree");
  CHECK(out->bytes_in() == 8);
  CHECK(out->digest() == *vigie::io::sha256("onethree"));
  CHECK(s.names() == names{"x"});
}

TEST_CASE("an output gone on with is the same as one written at once, wherever it is cut") {
  const scratch s;
  std::string bytes;
  for (int i = 0; bytes.size() < 600'000; ++i) bytes += std::to_string(i) + ",";
  for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, std::size_t{262'144},
                                std::size_t{262'145}, std::size_t{524'289}, bytes.size()}) {
    s.put(".work", bytes.substr(0, cut) + "what the died run wrote behind its last checkpoint");
    auto out = output_file::open_again(s.path(".work"), "x", cut);
    REQUIRE(out);
    REQUIRE(out->write(std::string_view(bytes).substr(cut)));
    REQUIRE(out->finish());
    CHECK(out->digest() == *vigie::io::sha256(bytes));
    CHECK(out->bytes_stored() == bytes.size());
    REQUIRE(out->commit(s.path("x")));
    CHECK(s.get(s.path("x")) == bytes);
  }
  s.put(".work", "abc");
  auto out = output_file::open_again(s.path(".work"), "x", 3, {.digest = false});
  REQUIRE(out);
  REQUIRE(out->write("d"));
  REQUIRE(out->finish());
  CHECK(s.get(s.path(".work")) == "abcd");
  CHECK(out->digest() == vigie::io::sha256_value{});
}

TEST_CASE("an output that cannot be gone on with is refused and left alone") {
  const scratch s;
  s.put(".work", "abc");
  const auto cut = output_file::open_again(s.path(".work"), "x", 4);
  REQUIRE_FALSE(cut);
  CHECK(cut.error().code == code::run_file_truncated);
  CHECK(cut.error().place.offset == 3);
  for (const compression c : {compression::gzip, compression::zstd})
    CHECK(output_file::open_again(s.path(".work"), "x", 3, {.compression = c}).error().code ==
          code::internal);
  for (const call kind : {call::open, call::fstat, call::ftruncate, call::pread}) {
    vigie::io::faulty_system faulty(vigie::io::sys(), {{.kind = kind, .nth = 1, .error = EIO}});
    const vigie::io::system_guard guard(faulty);
    const auto failed = output_file::open_again(s.path(".work"), "x", 3);
    CAPTURE(vigie::io::name_of(kind));
    REQUIRE_FALSE(failed);
    CHECK(failed.error().code ==
          (kind == call::ftruncate ? code::output_write_failed : code::input_read_failed));
  }
  CHECK(s.get(s.path(".work")) == "abc");
  CHECK(output_file::open_again(s.path("no"), "x", 0).error().code == code::input_not_found);
  CHECK(output_file::open_again(s.path(), "x", 0).error().code == code::input_is_folder);
  CHECK(output_file::open_again(s.path("a/"), "x", 0).error().code == code::output_path);
}

TEST_CASE("a checkpoint is refused where bytes are held by a compressor, and behind the end") {
  const scratch s;
  for (const compression c : {compression::gzip, compression::zstd}) {
    auto out = output_file::create(s.path(".work"), "x", {.compression = c});
    REQUIRE(out);
    CHECK(out->checkpoint().error().code == code::internal);
  }
  auto out = output_file::create(s.path(".work"), "x");
  REQUIRE(out);
  REQUIRE(out->finish());
  CHECK(out->checkpoint().error().code == code::internal);
}

TEST_CASE("a checkpoint that fails is told, and the output stays failed") {
  for (const call kind : {call::write, call::fsync}) {
    const scratch s;
    vigie::io::faulty_system faulty(vigie::io::sys(), {{.kind = kind, .nth = 1, .error = EIO}});
    const vigie::io::system_guard guard(faulty);
    auto out = output_file::create(s.path(".work"), "x");
    REQUIRE(out);
    REQUIRE(out->write("x"));
    const status failed = out->checkpoint();
    REQUIRE_FALSE(failed);
    CHECK(out->checkpoint().error().code == failed.error().code);
    CHECK(out->commit(s.path("x")).error().code == failed.error().code);
  }
}

TEST_CASE("what a checkpoint or the end of an output made durable survives every power failure") {
  const std::string bytes(300'000, 'b');
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    for (const bool finished : {false, true}) {
      tests::simulated_system machine;
      const vigie::io::system_guard guard(machine);
      machine.put("work/other", "");
      {
        auto out = output_file::create("work/x", "x");
        REQUIRE(out);
        out->keep();
        REQUIRE(out->write(bytes));
        REQUIRE((finished ? out->finish() : out->checkpoint()));
        if (!finished) REQUIRE(out->write(bytes));
      }
      machine.power_failure(seed);
      REQUIRE(machine.get("work/x"));
      CHECK(machine.get("work/x")->starts_with(bytes));
      auto out = output_file::open_again("work/x", "x", bytes.size());
      REQUIRE(out);
      REQUIRE(out->write("end"));
      REQUIRE(out->commit("x"));
      CHECK(machine.get("x") == bytes + "end");
    }
}

TEST_CASE("a finished output that is moved into its place is there after every power failure") {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    tests::simulated_system machine;
    const vigie::io::system_guard guard(machine);
    machine.put("out/x", "old");
    machine.put("work/x", "new");
    REQUIRE(vigie::io::move_into_place("work/x", "out/x"));
    machine.power_failure(seed);
    CHECK(machine.get("out/x") == "new");
  }
}

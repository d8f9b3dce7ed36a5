// SPDX-License-Identifier: Apache-2.0
// "vigie.spill/0" as a component meets it: through its host services, down to the files.
#include "catch.hpp"
#include "io/faults.hpp"
#include "io/scratch.hpp"
#include "plan/instance.hpp"
#include "runs/spill.hpp"

#include <vigie/component.hpp>

using namespace vigie;

namespace {

// A component that does nothing but remember its host.
struct probe {
  static inline const vigie_host* host = nullptr;
  static vigie_component component() {
    vigie_component c{};
    c.struct_size = sizeof c;
    c.name = "probe.spill";
    c.create = [](const vigie_host* h, const vigie_value* const*, void** self, vigie_error*) {
      host = h;
      *self = &host;
      return vigie_status{VIGIE_OK};
    };
    c.destroy = [](void*) {};
    return c;
  }
};

struct made {
  plan::services shared;
  vigie_component component = probe::component();
  yaml::node with;
  plan::instance instance{"step", {}, &component, {}, with, shared};
  host_services host;

  explicit made(plan::spill* spill) {
    shared.spill = spill;
    REQUIRE(instance.create());
    host = host_services(probe::host);
  }
};

} // namespace

TEST_CASE("a component gets scratch files where the run has a place for them, else none") {
  CHECK_FALSE(made(nullptr).host.spill());
  const scratch tmp;
  runs::spill_folder folder(tmp.path("spill"));
  made m(&folder);
  CHECK(probe::host->extension(probe::host->ctx, "vigie.spill/1") == nullptr);
  const auto spill = m.host.spill();
  REQUIRE(spill);
  CHECK(folder.files() == 0);
  {
    spill_file one = spill->file(), two = spill->file();
    one.append("first ");
    two.append("other");
    one.append("second");
    CHECK(one.size() == 12);
    std::string back(8, ' ');
    one.read(4, back);
    CHECK(back == "t second");
    two = std::move(one);
    CHECK(two.size() == 12);
    two.read(0, back);
    CHECK(back == "first se");
    try {
      two.read(5, back);
      FAIL("more bytes than there are");
    } catch (const error& e) {
      CHECK(e.code == VIGIE_E_IO);
    }
  }
  CHECK(folder.bytes() == 0);
  CHECK(folder.files() == 2);
}

TEST_CASE("a failure of a component's scratch file keeps its code on the way up") {
  const scratch tmp;
  io::faulty_system full(io::sys(), {{io::call::write, 1, true, ENOSPC}});
  const io::system_guard guard(full);
  runs::spill_folder folder(tmp.path("spill"));
  made m(&folder);
  spill_file file = m.host.spill()->file();
  vigie_error e = plan::fresh_error();
  CHECK(m.instance.error_of(e, VIGIE_E_IO).code == code::component_io);
  try {
    file.append(std::string(1 << 20, 'x'));
    FAIL("the disk is full");
  } catch (const error& failed) {
    CHECK(failed.code == VIGIE_E_IO);
    CHECK(failed.message.find("ENOSPC") != std::string::npos);
  }
  CHECK(m.instance.error_of(e, VIGIE_E_IO).code == code::output_no_space);
  CHECK(m.instance.error_of(e, VIGIE_E_DATA).code == code::component_data);
}

TEST_CASE("once the run is over its scratch files are gone for components, too") {
  const scratch tmp;
  std::optional<runs::spill_folder> folder(tmp.path("spill"));
  made m(&*folder);
  const auto spill = m.host.spill();
  spill_file file = spill->file();
  file.append("bytes");
  m.shared.spill = nullptr;
  folder.reset();
  CHECK(tmp.names().empty());
  CHECK_FALSE(m.host.spill());
  try {
    file.append("more");
    FAIL("there is no file");
  } catch (const error& e) {
    CHECK(e.code == VIGIE_E_IO);
  }
}

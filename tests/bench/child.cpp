// SPDX-License-Identifier: Apache-2.0
#include "child.hpp"

#include <fcntl.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace bench {

namespace {

using clock = std::chrono::steady_clock;

double seconds_since(clock::time_point start) {
  return std::chrono::duration<double>(clock::now() - start).count();
}

// CPU seconds all processes have used since the machine started: user, nice, system, irq, softirq
// and steal of the first line of /proc/stat (proc_stat(5)). 0 where there is no such file.
double used_by_all() {
  std::ifstream stat("/proc/stat");
  std::string label;
  double user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0;
  stat >> label >> user >> nice >> system >> idle >> iowait >> irq >> softirq >> steal;
  return (user + nice + system + irq + softirq + steal) /
         static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void keep_to_cores(int cores) {
  cpu_set_t allowed, chosen;
  CPU_ZERO(&chosen);
  if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  for (int i = 0; i < CPU_SETSIZE && cores > 0; ++i)
    if (CPU_ISSET(i, &allowed)) {
      CPU_SET(i, &chosen);
      --cores;
    }
  ::sched_setaffinity(0, sizeof chosen, &chosen);
}

void point_at(const char* file, int flags, int descriptor) {
  const int opened = ::open(file, flags, 0644);
  if (opened < 0 || ::dup2(opened, descriptor) < 0) ::_exit(126);
  ::close(opened);
}

[[noreturn]] void become(const command& c, std::vector<char*>& words, int cores) {
  keep_to_cores(cores);
  for (const auto& [name, value] : c.environment) ::setenv(name.c_str(), value.c_str(), 1);
  point_at("/dev/null", O_RDONLY, STDIN_FILENO);
  point_at("/dev/null", O_WRONLY, STDOUT_FILENO);
  point_at(c.errors.c_str(), O_WRONLY | O_CREAT | O_TRUNC, STDERR_FILENO);
  ::execvp(words[0], words.data());
  ::_exit(127);
}

double seconds_of(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
}

} // namespace

sample run(const command& c, int cores) {
  std::vector<std::string> kept = c.argv;
  std::vector<char*> words;
  for (std::string& w : kept) words.push_back(w.data());
  words.push_back(nullptr);
  const double before = used_by_all();
  const clock::time_point start = clock::now();
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("no process can be started");
  if (child == 0) become(c, words, cores);
  int status = 0;
  rusage used{};
  if (::wait4(child, &status, 0, &used) != child) throw std::runtime_error("a child was lost");
  sample s;
  s.wall_s = seconds_since(start);
  s.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  s.cpu_s = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
  s.peak_mb = static_cast<double>(used.ru_maxrss) * 1024 / 1e6;
  s.foreign = std::max(0.0, used_by_all() - before - s.cpu_s) / std::max(s.wall_s, 0.01);
  return s;
}

double load_of_the_machine(double seconds) {
  const double before = used_by_all();
  const clock::time_point start = clock::now();
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  return (used_by_all() - before) / seconds_since(start);
}

} // namespace bench

#!/usr/bin/env python3
"""Names, places and fingerprints for programs built, linked, stripped and replaced in various ways."""
import json
import os
import shutil
import sys

import cli

SOURCE = """\
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
struct node { long value; pthread_mutex_t lock; };
static struct node table[3];
static struct node *heap;
static inline __attribute__((always_inline)) void take(pthread_mutex_t *lock)
{
	pthread_mutex_lock(lock);
}
static __attribute__((noinline)) struct node *make_node(void)
{
	struct node *node = malloc(sizeof(*node));
	pthread_mutex_init(&node->lock, NULL);
	return node;
}
static void *forth(void *unused)
{
	take(&table[2].lock);
	take(&heap->lock);
	pthread_mutex_unlock(&heap->lock);
	pthread_mutex_unlock(&table[2].lock);
	return unused;
}
static volatile int turn;
static void *forth_early(void *unused)
{
	forth(unused);
	turn = 1;
	return unused;
}
static void *back(void *unused)
{
	for (int ms = 0; !turn && ms < 5000; ms++)
		usleep(1000);
	take(&heap->lock);
	take(&table[2].lock);
	pthread_mutex_unlock(&table[2].lock);
	pthread_mutex_unlock(&heap->lock);
	return unused;
}
int main(void)
{
	pthread_t threads[2];
	heap = make_node();
	pthread_create(&threads[0], NULL, forth_early, NULL);
	pthread_create(&threads[1], NULL, back, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return 0;
}
"""

CXX_SOURCE = """\
#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
namespace store {
template <typename Key> struct Cache {
	std::mutex lock;
	__attribute__((noinline)) void both(Cache &other)
	{
		std::lock_guard<std::mutex> outer(lock);
		std::lock_guard<std::mutex> inner(other.lock);
	}
};
static Cache<int> first, second;
}
int main()
{
	std::atomic<bool> done{false};
	std::thread one([&] {
		store::first.both(store::second);
		done = true;
	});
	std::thread two([&] {
		for (int ms = 0; !done && ms < 5000; ms++)
			std::this_thread::sleep_for(std::chrono::milliseconds(1));
		store::second.both(store::first);
	});
	one.join();
	two.join();
}
"""

# Two bugs with locks that are all made at one place.
TWO_BUGS = """\
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>
#define OUTLINE __attribute__((noinline, noclone))
static pthread_mutex_t *made[4];
static volatile int turn;
static OUTLINE void pay(pthread_mutex_t *from, pthread_mutex_t *to)
{
	pthread_mutex_lock(from);
	pthread_mutex_lock(to);
	pthread_mutex_unlock(to);
	pthread_mutex_unlock(from);
}
static OUTLINE void fetch(pthread_mutex_t *from, pthread_mutex_t *to)
{
	pthread_mutex_lock(from);
	pthread_mutex_lock(to);
	pthread_mutex_unlock(from);
	pthread_mutex_unlock(to);
}
static void *forth(void *unused)
{
	pay(made[0], made[1]);
	fetch(made[2], made[3]);
	turn = 1;
	return unused;
}
static void *back(void *unused)
{
	for (int ms = 0; !turn && ms < 5000; ms++)
		usleep(1000);
	pay(made[1], made[0]);
	fetch(made[3], made[2]);
	return unused;
}
int main(void)
{
	pthread_t threads[2];
	for (int i = 0; i < 4; i++) {
		made[i] = malloc(sizeof(*made[i]));
		pthread_mutex_init(made[i], NULL);
	}
	pthread_create(&threads[0], NULL, forth, NULL);
	pthread_create(&threads[1], NULL, back, NULL);
	pthread_join(threads[0], NULL);
	pthread_join(threads[1], NULL);
	return 0;
}
"""

FACTORY_SOURCE = """\
#include <pthread.h>
#include <stdlib.h>
#define OUTLINE __attribute__((noinline, noclone))
static OUTLINE pthread_mutex_t *make_lock(void);
static OUTLINE void make_deep(int depth)
{
	pthread_rwlock_t *lock = malloc(sizeof(*lock));
	if (depth)
		make_deep(depth - 1);
	pthread_rwlock_init(lock, NULL);
	pthread_rwlock_rdlock(lock);
	pthread_rwlock_unlock(lock);
}
static OUTLINE pthread_mutex_t *make_lock(void)
{
	pthread_mutex_t *lock = malloc(sizeof(*lock));
	pthread_mutex_init(lock, NULL);
	pthread_mutex_lock(lock);
	pthread_mutex_unlock(lock);
	return lock;
}
static OUTLINE pthread_mutex_t *make_table(void)
{
	pthread_mutex_t *lock = make_lock(); /* table */
	return lock;
}
static OUTLINE void make_cache(void)
{
	free(make_table()); /* cache */
}
static OUTLINE void make_journal(void)
{
	free(make_table()); /* journal */
}
static inline __attribute__((always_inline)) void make_small(pthread_mutex_t *lock)
{
	pthread_mutex_init(lock, NULL); /* small */
	pthread_mutex_lock(lock);
	pthread_mutex_unlock(lock);
}
static OUTLINE void make_pool(void)
{
	pthread_mutex_t *locks = calloc(3, sizeof(*locks));
	for (int i = 0; i < 3; i++)
		make_small(&locks[i]); /* pool */
}
static OUTLINE void make_one(void)
{
	pthread_rwlock_t *lock = malloc(sizeof(*lock));
	pthread_rwlock_init(lock, NULL); /* one */
	pthread_rwlock_rdlock(lock);
	pthread_rwlock_unlock(lock);
}
int main(void)
{
	if (FACTORY) {
		make_cache();
		make_journal();
		make_pool();
		make_lock(); /* main */
		make_deep(1); /* deep */
	} else {
		free(make_lock());
	}
	make_one();
	return 0;
}
"""

FILE_LOCKS = """
import fcntl, os, sys
with open(sys.argv[1], "w") as file:
    fcntl.flock(file, fcntl.LOCK_EX)
    for length, start in ((0, 0), (1, 7), (10, 10), (0, 30)):
        fcntl.lockf(file, fcntl.LOCK_EX, length, start)
        fcntl.lockf(file, fcntl.LOCK_UN, length, start)
os.mkdir(os.path.dirname(sys.argv[2]))
for path in sys.argv[2:]:
    with open(path, "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
"""


def line_of(text, source=SOURCE):
    return source[:source.index(text)].count("\n") + 1


class Symbols(cli.Case):
    def build(self, *flags, source=SOURCE, compiler="cc", name="prog"):
        path = self.write("prog.cc" if source is CXX_SOURCE else "prog.c", source)
        if not shutil.which(compiler):
            cli.skip(f"no {compiler}")
        built = self.command(compiler, "-pthread", *flags, "-o", name, path)
        if built.code and any(word in built.err for word in ("unrecognized", "unknown argument")):
            cli.skip(f"{compiler} does not know {flags}")
        self.assertEqual(built.code, 0, built.err)
        return self.path(name)

    def tool(self, name, *words):
        if not shutil.which(name):
            cli.skip(f"no {name}")
        self.assertEqual(self.command(name, *words).code, 0)

    def finding(self, program):
        """The one finding, and the lock names."""
        _, report = self.run_json(program)
        (finding,) = [f for f in report["findings"] if f["verdict"] == "feasible"]
        return finding, {lock["id"]: lock["name"] for lock in report["locks"]}

    def places(self, finding):
        """For each thing wanted: its frames in the program, as (function, line)."""
        return {tuple((frame["function"], frame["line"]) for frame in step["wants"]["stack"]
                      if frame["module"].startswith(self.dir)) for step in finding["steps"]}

    def assert_named(self, finding, names):
        wanted = line_of("pthread_mutex_lock(lock)")
        self.assertEqual({names[lock] for lock in finding["locks"]}, {
            "table[2].lock",
            f"mutex created in make_node at prog.c:{line_of('pthread_mutex_init')}"})
        for frames in self.places(finding):
            self.assertEqual(frames[0], ("take", wanted))
            self.assertIn(frames[1], {("forth", line_of("take(&heap->lock);\n\tpthread_mutex_unlock(&heap")),
                                      ("back", line_of("take(&table[2].lock);\n\tpthread_mutex_unlock(&table"))})
        for step in finding["steps"]:
            self.assertTrue(step["wants"]["stack"][0]["inlined"])
            self.assertEqual(step["wants"]["stack"][0]["file"], self.path("prog.c"))

    def check(self, *flags, compiler="cc"):
        self.assert_named(*self.finding(self.build(*flags, compiler=compiler)))

    def test_plain(self):
        self.check("-g", "-O0")

    def test_optimised(self):
        self.check("-g", "-O2")

    def test_at_a_fixed_address(self):
        self.check("-g", "-O1", "-no-pie")

    def test_old_debug_information(self):
        self.check("-gdwarf-4", "-O1")

    def test_split_debug_information(self):
        self.check("-g", "-gsplit-dwarf", "-O1")

    def test_compressed_debug_information(self):
        self.check("-g", "-gz", "-O1")

    def test_clang(self):
        self.check("-g", "-O1", compiler="clang")

    def test_without_build_id(self):
        self.check("-g", "-O1", "-Wl,--build-id=none")

    def test_separate_debug_information(self):
        program = self.build("-g", "-O1")
        self.tool("objcopy", "--only-keep-debug", program, program + ".debug")
        self.tool("strip", program)
        self.tool("objcopy", "--add-gnu-debuglink=" + program + ".debug", program)
        self.assert_named(*self.finding(program))

    def test_symbols_only(self):
        finding, names = self.finding(self.build("-O1"))
        self.assertIn("mutex created in make_node (prog)",
                      [names[lock] for lock in finding["locks"]])
        for frames in self.places(finding):
            self.assertIn(frames[0][0], ("forth", "back", "forth_early"))
            self.assertIsNone(frames[0][1])

    def test_stripped(self):
        program = self.build("-g", "-O1")
        self.tool("strip", program)
        finding, names = self.finding(program)
        for lock in finding["locks"]:
            self.assertRegex(names[lock], r"^prog:0x[0-9a-f]+$|^mutex created in prog\+0x[0-9a-f]+$")
        for step in finding["steps"]:
            frame = step["wants"]["stack"][0]
            self.assertEqual((frame["module"], frame["function"], frame["file"], frame["line"]),
                             (program, None, None, None))
            self.assertGreater(frame["offset"], 0)

    def test_thread_is_not_called_like_what_it_calls(self):
        source = SOURCE.replace("static void *forth(", "void *forth(")
        program = self.build("-O0", "-rdynamic", source=source)
        _, report = self.run_json(program)
        self.assertIn("forth_early", [thread["name"] for thread in report["threads"]])
        self.tool("strip", program)
        _, report = self.run_json(program)
        self.assertEqual(sorted(thread["name"] for thread in report["threads"]),
                         ["main", "thread 2", "thread 3"])
        self.assertIn("forth", json.dumps(report["findings"]))

    def test_replaced_after_the_recording(self):
        program = self.build("-g", "-O1")
        self.gordian("record", "-o", "traces", "--", program)
        self.build("-g", "-O1", source=SOURCE.replace("take", "grab"))
        result = self.gordian("report", "traces")
        self.assertIn("prog is gone, or has changed since the recording", result.out)
        self.assertNotIn("grab", result.out)
        self.assertIn("prog+0x", result.out)

    def lock_names(self, program):
        _, report = self.run_json(program)
        return sorted(lock["name"] for lock in report["locks"])

    def test_locks_of_a_factory(self):
        """What the callers of one place make is told apart by the callers."""
        def line(word):
            return f"prog.c:{line_of(f'/* {word} */', FACTORY_SOURCE)}"

        source = FACTORY_SOURCE.replace("FACTORY", "1")
        one = f"rwlock created in make_one at {line('one')}"
        self.assertEqual(self.lock_names(self.build("-g", "-O1", source=source)), [
            f"mutex created in make_lock from main at {line('main')}",
            f"mutex created in make_lock from make_table from make_cache at {line('cache')}",
            f"mutex created in make_lock from make_table from make_journal at {line('journal')}",
            f"mutex created in make_small from make_pool at {line('pool')} #1",
            f"mutex created in make_small from make_pool at {line('pool')} #2",
            f"mutex created in make_small from make_pool at {line('pool')} #3",
            f"rwlock created in make_deep from main at {line('deep')} #1",
            f"rwlock created in make_deep from main at {line('deep')} #2", one])
        source = FACTORY_SOURCE.replace("FACTORY", "0")
        place = f"prog.c:{line_of('pthread_mutex_init', FACTORY_SOURCE)}"
        self.assertEqual(self.lock_names(self.build("-g", "-O1", source=source)),
                         [f"mutex created in make_lock at {place}", one])

    def test_file_locks(self):
        self.write("locks.py", FILE_LOCKS)
        _, report = self.run_json(sys.executable, self.path("locks.py"), self.path("data"),
                                  self.path("d" * 200, "e" * 200), self.path("f" * 240))
        files = sorted(lock["name"] for lock in report["locks"] if lock["kind"] == "file")
        data = "file " + self.path("data")
        self.assertEqual(files[:-1], [data, data + " #2", data + " byte 7",
                                      data + " bytes 10-19", data + " bytes 30-",
                                      "file " + self.path("f" * 240)])
        # Too long a name for the recorder.
        self.assertTrue(files[-1].startswith("file first locked in "), files)

    def test_gone_after_the_recording(self):
        program = self.build("-g", "-O1")
        self.gordian("record", "-o", "traces", "--", program)
        os.unlink(program)
        result = self.gordian("report", "traces")
        self.assertEqual((result.code, result.err), (0, ""))
        self.assertIn("prog is gone", result.out)

    def test_source_line(self):
        program = self.build("-g", "-O1")
        self.gordian("record", "-o", "traces", "--", program)
        quoted = f"{line_of('pthread_mutex_lock(lock)')} | pthread_mutex_lock(lock);\n"
        self.assertIn(quoted, self.gordian("report", "traces").out)
        self.write("prog.c", "\n" * 9 + SOURCE)
        result = self.gordian("report", "traces")
        self.assertNotIn(quoted, result.out)
        os.unlink(self.path("prog.c"))
        self.assertNotIn(" | ", self.gordian("report", "traces").out)

    def test_fingerprint_over_rebuilds(self):
        finding, _ = self.finding(self.build("-g", "-O1"))
        moved, _ = self.finding(self.build("-g", "-O2", "-no-pie", source="\n" * 50 + SOURCE))
        self.assertEqual(finding["id"], moved["id"])
        # It is not the same for everything: another function is another finding.
        other, _ = self.finding(self.build("-g", "-O1", source=SOURCE.replace("make_node", "new_node")))
        self.assertNotEqual(finding["id"], other["id"])

    def test_fingerprints_without_symbols(self):
        """Functions are told apart by their places then: the same in every run."""
        program = self.build("-g", "-O1", source=TWO_BUGS)
        named, stripped, again = [], [], []
        for found in (named, stripped, again):
            _, report = self.run_json(program)
            found += sorted(finding["id"] for finding in report["findings"])
            self.tool("strip", program)
        self.assertEqual((len(set(named)), len(set(stripped))), (2, 2))
        self.assertEqual(stripped, again)

    def test_cxx(self):
        finding, names = self.finding(self.build("-g", "-O1", source=CXX_SOURCE, compiler="c++"))
        self.assertEqual({names[lock] for lock in finding["locks"]},
                         {"store::first.lock", "store::second.lock"})
        # gcc's lambda and clang's.
        self.assertRegex(finding["message"], r"main::(\{lambda\}|\$_0)")
        functions = [frame["function"] for step in finding["steps"]
                     for frame in step["wants"]["stack"]]
        self.assertIn("std::mutex::lock", functions)
        self.assertIn("store::Cache<int>::both", functions)
        text = self.gordian("run", "--", self.path("prog")).err
        line = line_of("inner(other.lock)", CXX_SOURCE)
        self.assertIn(f"in store::Cache<int>::both at prog.cc:{line}\n", text)
        self.assertNotIn("std::mutex::lock", text)

    def test_inlined_lambda(self):
        """Without debug information only what runs a thread's lambda tells which one it is."""
        source = """
#include <functional>
#include <mutex>
#include <thread>
std::mutex a, b;
int main()
{
    std::thread one([] { std::lock_guard<std::mutex> x(a), y(b); });
    one.join();
    std::thread two([] { std::lock_guard<std::mutex> x(b), y(a); });
    two.join();
}
"""
        for options in "-O2", "-O0":
            self.build(options, source=source, compiler="c++")
            _, report = self.run_json("./prog")
            names = {thread["name"] for thread in report["threads"]}
            self.assertLessEqual({"main::{lambda()#1}", "main::{lambda()#2}"}, names, options)

    def test_outlined(self):
        """A region of OpenMP is a function in the one that it is written in, and not of its code."""
        source = """
#include <pthread.h>
static pthread_mutex_t a, b;
static void both(pthread_mutex_t *one, pthread_mutex_t *other)
{
	pthread_mutex_lock(one);
	pthread_mutex_lock(other);
	pthread_mutex_unlock(other);
	pthread_mutex_unlock(one);
}
int main(void)
{
#pragma omp parallel num_threads(2)
#pragma omp sections
	{
#pragma omp section
		both(&a, &b);
#pragma omp section
		both(&b, &a);
	}
}
"""
        self.build("-g", "-O1", "-fopenmp", source=source)
        _, report = self.run_json("./prog")
        frames = [[(frame["function"].split(".")[0], frame["line"]) for frame in step["wants"]["stack"][:2]]
                  for finding in report["findings"] for step in finding["steps"]]
        if not frames:
            cli.skip("one thread did both sections")
        wanted = line_of("pthread_mutex_lock(other)", source)
        self.assertEqual(sorted(frames), [
            [("both", wanted), ("main", line_of("both(&a, &b)", source))],
            [("both", wanted), ("main", line_of("both(&b, &a)", source))]])


if __name__ == "__main__":
    cli.main()

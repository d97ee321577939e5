#!/usr/bin/env python3
"""Programs that are built with gcc's sanitizers: refused, left alone, or recorded, but never broken."""
import cli

PROGRAM = r"""
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;
static int over; /* an atomic: it keeps this run from the deadlock, and orders nothing that is seen */

static void *in_order(void *none)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	__atomic_store_n(&over, 1, __ATOMIC_RELEASE);
	return none;
}

static void *reversed(void *none)
{
	while (!__atomic_load_n(&over, __ATOMIC_ACQUIRE))
		sched_yield();
	pthread_mutex_lock(REVERSED ? &b : &a);
	pthread_mutex_lock(REVERSED ? &a : &b);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return none;
}

int main(void)
{
	pthread_t one, other;

	pthread_create(&one, NULL, in_order, NULL);
	pthread_create(&other, NULL, reversed, NULL);
	pthread_join(one, NULL);
	pthread_join(other, NULL);
	free(realloc(malloc(100), 10000));
	puts("done");
	return 3;
}
"""


class Case(cli.Case):
    def build(self, *flags, turned=False, name="a"):
        """The locks are taken in opposite orders if `turned`."""
        self.write("a.c", PROGRAM)
        built = self.command("gcc", "-g", f"-DREVERSED={int(turned)}", *flags, "-o", name, "a.c")
        if built.code:
            cli.skip(f"gcc builds nothing with {flags}: {built.err.splitlines()[-1:]}")
        plain = self.command(f"./{name}")
        if (plain.code, plain.out) != (3, "done\n"):
            cli.skip(f"what gcc builds with {flags} does not run: {plain.err.splitlines()[:1]}")

    def refused(self, *words):
        result = self.gordian("doctor", "./a")
        self.assertEqual((result.code, result.err), (1, ""))
        sentence = result.out.splitlines()[-1]
        for word in ("no ",) + words:
            self.assertIn(word, sentence)
        for command in ("run", "record"):
            refused = self.gordian(command, "--", "./a")
            self.assertEqual((refused.code, refused.out), (2, ""))
            self.assert_one_line(refused.err, sentence[2:].strip())

    def inversion_is_found(self):
        result, report = self.run_json("./a")
        self.assertEqual((result.code, result.out), (66, "done\n"))
        self.assertEqual([finding["rule"] for finding in report["findings"]], ["lock-order"])
        self.assertTrue(report["processes"][0]["complete"], report["processes"])
        self.assertLessEqual({"in_order", "reversed"}, {t["name"] for t in report["threads"]})


class Thread(Case):
    """Its runtime sees what the recorder does, and calls it races."""

    def left_alone(self):
        self.refused("ThreadSanitizer", "without -fsanitize=thread")
        result, report = self.run_json("sh", "-c", "./a; echo $?")
        self.assertEqual((result.code, result.out), (0, "done\n3\n"))
        self.assertNotIn("WARNING", result.err)
        self.assertEqual(report["coverage"]["drops"]["sanitizer"], 1)

    def test_shared(self):
        self.build("-fsanitize=thread")
        self.left_alone()

    def test_static_runtime(self):
        self.build("-fsanitize=thread", "-static-libtsan")
        self.left_alone()


class Address(Case):
    def test_shared(self):
        self.build("-fsanitize=address", turned=True)
        result = self.gordian("doctor", "./a")
        self.assertEqual(result.code, 0)
        self.assertRegex(result.out, r"(?m)^limited .*AddressSanitizer.*verify_asan_link_order=0")
        self.inversion_is_found()

    def test_shared_in_order(self):
        self.build("-fsanitize=address")
        result, report = self.run_json("sh", "-c", "./a; echo $?")
        self.assertEqual((result.code, result.out), (0, "done\n3\n"))
        self.assertEqual(report["findings"], [])
        self.assertEqual(report["coverage"]["locks"], 2)

    def test_own_options_stay(self):
        self.build("-fsanitize=address")
        result = self.gordian("run", "--", "sh", "-c", "echo $ASAN_OPTIONS",
                              env={"ASAN_OPTIONS": "exitcode=9"})
        self.assertEqual(result.out, "exitcode=9:verify_asan_link_order=0\n")
        result = self.gordian("run", "--", "./a",
                              env={"ASAN_OPTIONS": "exitcode=9:verify_asan_link_order=1"})
        self.assertEqual(result.code, 9)

    def test_static_runtime(self):
        self.build("-fsanitize=address", "-static-libasan", turned=True)
        self.assertIn("can be recorded", self.gordian("doctor", "./a").out)
        self.inversion_is_found()


class Others(Case):
    def test_recorded(self):
        for name in ("leak", "undefined"):
            with self.subTest(name):
                self.build(f"-fsanitize={name}", turned=True)
                self.assertIn("can be recorded", self.gordian("doctor", "./a").out)
                self.inversion_is_found()


if __name__ == "__main__":
    cli.main()

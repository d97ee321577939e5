/*
 * Files are locked in one order by a child, which then goes on as another program, and in the other
 * one by its parent, when that has waited for the child: a process's end is the end of all its
 * images. The second image locks them in its parent's order: it comes after the first.
 */
/* EXPECT lock-order discharged thread-order first second */
/* PROCESSES 3 */
#include "file_scenario.h"

static void a_then_b(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_EX) == 0); /* @first */
	CHECK(close(b) == 0);
	CHECK(close(a) == 0);
}

static void b_then_a(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(a, LOCK_EX) == 0); /* @second */
	CHECK(close(a) == 0);
	CHECK(close(b) == 0);
}

int main(int argc, char **argv)
{
	char *const again[] = {argv[0], "again", NULL};
	pid_t child;

	if (argc > 1) {
		b_then_a();
		return 0;
	}
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		a_then_b();
		execv("/proc/self/exe", again);
		_exit(1);
	}
	CHECK(reap(child) == 0);
	b_then_a();
	return 0;
}

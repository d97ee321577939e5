/*
 * The near miss of file_fork_shared.c: the child closes what it inherited and opens the files
 * again, under the same numbers. Those are open files of its own: each process can wait for the
 * other.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static int a, b;

static void one(void)
{
	CHECK(flock(a, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_EX) == 0); /* @first */
	CHECK(flock(b, LOCK_UN) == 0);
	CHECK(flock(a, LOCK_UN) == 0);
	shared_reach(1);
	shared_await(2);
}

static void two(void)
{
	int old_a = a, old_b = b;

	CHECK(close(a) == 0);
	a = open_file("a");
	CHECK(close(b) == 0);
	b = open_file("b");
	CHECK(a == old_a && b == old_b);
	shared_await(1);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(a, LOCK_EX) == 0); /* @second */
	shared_reach(2);
}

int main(void)
{
	a = open_file("a");
	b = open_file("b");
	CHECK(flock(a, LOCK_EX) == 0);
	CHECK(flock(a, LOCK_UN) == 0);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
	return run_apart(one, two);
}

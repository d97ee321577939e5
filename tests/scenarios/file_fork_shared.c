/*
 * The near miss of file_flock.c: both processes use the open files of the first, which had their
 * locks before the fork. They have them together (flock(2)), and neither ever waits for the other.
 */
/* EXPECT clean */
/* PROCESSES 2 */
#include "file_scenario.h"

static int a, b;

static void one(void)
{
	CHECK(flock(a, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_EX) == 0);
	shared_reach(1);
	shared_await(2);
}

static void two(void)
{
	shared_await(1);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(a, LOCK_EX) == 0);
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

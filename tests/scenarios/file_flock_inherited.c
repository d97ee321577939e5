/*
 * The near miss of file_flock.c: the second process uses the open files of the first. A flock
 * belongs to the open file, so both processes have it, and neither ever waits for the other.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
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
	return run_apart(one, two);
}

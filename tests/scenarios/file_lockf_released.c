/*
 * The near miss of file_lockf.c: the first process unlocks the first file, as part of a longer
 * range, before it locks the second.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static void one(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(lockf(a, F_LOCK, 8) == 0);
	CHECK(lockf(a, F_ULOCK, 0) == 0);
	CHECK(lockf(b, F_LOCK, 4) == 0);
	CHECK(lockf(b, F_ULOCK, 4) == 0);
	shared_reach(1);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b");

	shared_await(1);
	CHECK(lockf(b, F_LOCK, 4) == 0);
	CHECK(lockf(a, F_TLOCK, 8) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

/*
 * The near miss of file_flock.c: in the first process another file takes over the descriptor that
 * the first one was locked through (POSIX, dup2: it is closed first), and close ends the next.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 6 */
#include "file_scenario.h"

static void one(void)
{
	int a = open_file("a"), b = open_file("b"), c = open_file("c");

	CHECK(flock(a, LOCK_EX) == 0);
	CHECK(dup2(b, a) == a);
	CHECK(flock(c, LOCK_EX) == 0);
	CHECK(close(c) == 0);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
	shared_reach(1);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b"), c = open_file("c");

	shared_await(1);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(c, LOCK_EX) == 0);
	CHECK(flock(a, LOCK_EX) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

/*
 * The near miss of file_record_convert_fails.c with flock: the old lock is removed first, and is
 * lost when the new one cannot be had (flock(2)). So nothing is held when the second file is asked
 * for.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "file_scenario.h"

static void one(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_SH) == 0);
	shared_await(1);
	CHECK(flock(a, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
	shared_reach(2);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_SH) == 0);
	shared_reach(1);
	shared_await(2);
	CHECK(flock(a, LOCK_UN) == 0);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(a, LOCK_EX) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

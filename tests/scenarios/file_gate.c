/* Both processes lock a third file around the two of file_flock.c: only one is inside at a time. */
/* EXPECT lock-order discharged gate-lock first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static void one(void)
{
	int a = open_file("a"), b = open_file("b"), gate = open_file("gate");

	CHECK(flock(gate, LOCK_EX) == 0);
	CHECK(flock(a, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_EX) == 0); /* @first */
	CHECK(flock(b, LOCK_UN) == 0);
	CHECK(flock(a, LOCK_UN) == 0);
	CHECK(flock(gate, LOCK_UN) == 0);
	shared_reach(1);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b"), gate = open_file("gate");

	shared_await(1);
	CHECK(flock(gate, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(a, LOCK_EX) == 0); /* @second */
	CHECK(flock(a, LOCK_UN) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
	CHECK(flock(gate, LOCK_UN) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

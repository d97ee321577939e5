/* The near miss of file_flock.c: the second process only tries the file that it locks second. */
/* EXPECT lock-order discharged try-lock first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static void one(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_EX) == 0); /* @first */
	CHECK(flock(b, LOCK_UN) == 0);
	CHECK(flock(a, LOCK_UN) == 0);
	shared_reach(1);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b");

	shared_await(1);
	CHECK(flock(b, LOCK_EX) == 0);
	if (flock(a, LOCK_EX | LOCK_NB) == 0) /* @second */
		CHECK(flock(a, LOCK_UN) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

/* The near miss of file_flock.c: all locks are shared ones, and those do not keep each other out.
 */
/* EXPECT lock-order discharged read-shared first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static void one(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_SH) == 0);
	CHECK(flock(b, LOCK_SH) == 0); /* @first */
	shared_reach(1);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b");

	shared_await(1);
	CHECK(flock(b, LOCK_SH) == 0);
	CHECK(flock(a, LOCK_SH) == 0); /* @second */
}

int main(void)
{
	return run_apart(one, two);
}

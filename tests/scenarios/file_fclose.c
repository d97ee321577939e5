/*
 * The near miss of file_flock.c: the first process has the first file locked through a stream, and
 * fclose closes its descriptor.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static void one(void)
{
	FILE *a = fopen("a", "w");
	int b = open_file("b");

	CHECK(a);
	CHECK(flock(fileno(a), LOCK_EX) == 0);
	CHECK(fclose(a) == 0);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
	shared_reach(1);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b");

	shared_await(1);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(a, LOCK_EX) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

/*
 * The near miss of file_flock.c: in the first process another thread unlocks the first file, which
 * is fine, since the lock is not a thread's. So nothing is held when the second file is locked.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "file_scenario.h"

static int a;

static void *give_back(void *argument)
{
	CHECK(flock(a, LOCK_UN) == 0);
	return argument;
}

static void one(void)
{
	int b = open_file("b");

	a = open_file("a");
	CHECK(flock(a, LOCK_EX) == 0);
	finish(start(give_back, NULL));
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
	shared_reach(1);
}

static void two(void)
{
	int other = open_file("a"), b = open_file("b");

	shared_await(1);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(other, LOCK_EX) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

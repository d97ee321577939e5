/*
 * Two processes lock two files with flock, in opposite orders. flock waits until no other open file
 * has the lock, and each process has opened the files for itself: each can wait for the other.
 */
/* EXPECT lock-order potential first first-hold second second-hold */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static void one(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_EX) == 0); /* @first-hold */
	CHECK(flock(b, LOCK_EX) == 0); /* @first */
	CHECK(flock(b, LOCK_UN) == 0);
	CHECK(flock(a, LOCK_UN) == 0);
	shared_reach(1);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b");

	shared_await(1);
	CHECK(flock(b, LOCK_EX) == 0); /* @second-hold */
	CHECK(flock(a, LOCK_EX) == 0); /* @second */
	CHECK(flock(a, LOCK_UN) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

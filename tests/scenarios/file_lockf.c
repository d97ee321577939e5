/*
 * Two processes lock two files with lockf, in opposite orders. lockf locks from where the file
 * stands: to the end of the first, and four bytes of the second.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static void one(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(lockf(a, F_LOCK, 0) == 0);
	CHECK(lockf(b, F_LOCK, 4) == 0); /* @first */
	CHECK(lockf(b, F_ULOCK, 4) == 0);
	CHECK(lockf(a, F_ULOCK, 0) == 0);
	shared_reach(1);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b");

	shared_await(1);
	CHECK(lseek(b, 4, SEEK_SET) == 4);
	CHECK(lockf(b, F_LOCK, -4) == 0);
	CHECK(lockf(a, F_LOCK, 0) == 0); /* @second */
}

int main(void)
{
	return run_apart(one, two);
}

/*
 * The near miss of file_dup2.c: calls that close nothing. closedir of no directory fails (glibc:
 * EINVAL), and close_range may only mark its descriptors: the first file's lock is held still.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

#include <dirent.h>
#include <errno.h>

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2)
#endif

static DIR *volatile none;

static void one(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_EX) == 0);
	CHECK(closedir(none) == -1 && errno == EINVAL);
	CHECK(close_range((unsigned)a, (unsigned)a, CLOSE_RANGE_CLOEXEC) == 0);
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
	CHECK(flock(a, LOCK_EX) == 0); /* @second */
}

int main(void)
{
	return run_apart(one, two);
}

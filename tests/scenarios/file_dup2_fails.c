/*
 * The near miss of file_dup2.c: what is to take the place of the descriptor is not open, so dup2
 * and dup3 fail (POSIX: EBADF) and close nothing. The first process still holds the lock on a, and
 * takes b; the second takes them in the opposite order.
 */
/* EXPECT lock-order potential one-a one-b two-b two-a */
/* PROCESSES 2 */
#include "file_scenario.h"

static void one(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_EX) == 0); /* @one-a */
	CHECK(dup2(-1, a) == -1 && errno == EBADF);
	CHECK(dup2(1000, a) == -1 && errno == EBADF);
	CHECK(dup3(1000, a, O_CLOEXEC) == -1 && errno == EBADF);
	CHECK(flock(b, LOCK_EX) == 0); /* @one-b */
	CHECK(flock(b, LOCK_UN) == 0);
	CHECK(flock(a, LOCK_UN) == 0);
	shared_reach(1);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b");

	shared_await(1);
	CHECK(flock(b, LOCK_EX) == 0); /* @two-b */
	CHECK(flock(a, LOCK_EX) == 0); /* @two-a */
}

int main(void)
{
	return run_apart(one, two);
}

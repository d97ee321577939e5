/* The near miss of file_record.c: the second process asks with F_SETLK, which never waits. */
/* EXPECT lock-order discharged try-lock first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static void one(void)
{
	int fd = open_file("file");

	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0); /* @first */
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 0) == 0);
	shared_reach(1);
}

static void two(void)
{
	int fd = open_file("file");

	shared_await(1);
	CHECK(lock_byte(fd, F_SETLK, F_WRLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLK, F_WRLCK, 0) == 0); /* @second */
}

int main(void)
{
	return run_apart(one, two);
}

/*
 * The near miss of file_record.c: the child does not have the record lock that its parent has
 * (POSIX, fork), so it holds nothing when it asks for the other byte. The parent gives its lock
 * back first.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static int fd;

static void one(void)
{
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 1) == 0);
	shared_reach(1);
}

static void two(void)
{
	shared_await(1);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0);
}

int main(void)
{
	fd = open_file("file");
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	return run_apart(one, two);
}

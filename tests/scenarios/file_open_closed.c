/*
 * The near miss of file_open.c: the first process closes the open file that has the first byte
 * before it asks for the second byte through another one.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static void one(void)
{
	int fd = open_file("file");

	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0);
	CHECK(close_range((unsigned)fd, (unsigned)fd, 0) == 0);
	fd = open_file("file");
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 1) == 0);
	CHECK(close(fd) == 0);
	shared_reach(1);
}

static void two(void)
{
	int fd = open_file("file");

	shared_await(1);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 1) == 0);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

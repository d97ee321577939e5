/*
 * The near miss of file_record.c: the first process opens the file again and closes a range of
 * descriptors that this one is in, and not the one that it locked through. With it end all the
 * process's record locks on the file (POSIX, close), so it holds nothing when it asks for the
 * second byte.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static void one(void)
{
	int fd = open_file("file"), again;

	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	again = open_file("file");
	CHECK(again > fd);
	CHECK(close_range((unsigned)again, (unsigned)again + 1, 0) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 1) == 0);
	shared_reach(1);
}

static void two(void)
{
	int fd = open_file("file");

	shared_await(1);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

/*
 * Two processes lock two bytes of one file, in opposite orders. F_SETLKW waits for the other
 * process; that the kernel refuses the last of such calls (EDEADLK) when it comes to it leaves one
 * of them without its lock.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static void one(void)
{
	int fd = open_file("file");

	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0); /* @first */
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 0) == 0);
	shared_reach(1);
}

static void two(void)
{
	int fd = open_file("file");

	shared_await(1);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_RDLCK, 0) == 0); /* @second */
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 1) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

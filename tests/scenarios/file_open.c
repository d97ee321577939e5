/* Two processes lock two bytes of a file for their open files (F_OFD_SETLKW), in opposite orders.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static void one(void)
{
	int fd = open_file("file");

	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 1) == 0); /* @first */
	CHECK(close(fd) == 0);
	shared_reach(1);
}

static void two(void)
{
	int fd = open_file("file");

	shared_await(1);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 1) == 0);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0); /* @second */
}

int main(void)
{
	return run_apart(one, two);
}

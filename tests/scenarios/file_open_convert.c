/*
 * The near miss of file_convert.c with locks on a record for open files: a lock is converted in one
 * step (fcntl(2)), so each keeps its read lock while it waits to write, and waits for the other's.
 * For deadlocks of such locks the kernel does not look.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed read write */
#include "file_scenario.h"
#include "hang.h"

static void *work(void *argument)
{
	int fd = open_file("data");

	CHECK(lock_byte(fd, F_OFD_SETLKW, F_RDLCK, 0) == 0); /* @read */
	meet(2);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0); /* @write */
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_UNLCK, 0) == 0);
	return argument;
}

int main(void)
{
	run_two(work, work);
	return 0;
}

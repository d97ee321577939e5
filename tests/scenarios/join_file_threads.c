/*
 * main holds a record lock on a byte of a file and joins worker, which takes the same lock. Record
 * locks belong to the process (POSIX fcntl): a thread does not wait for another one's.
 */
/* EXPECT none */
#include "file_scenario.h"

static void *worker(void *argument)
{
	int fd = open_file("file");

	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	return argument;
}

int main(void)
{
	int fd = open_file("file");
	pthread_t thread;

	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	thread = start(worker, NULL);
	pthread_join(thread, NULL);
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 0) == 0);
	return 0;
}

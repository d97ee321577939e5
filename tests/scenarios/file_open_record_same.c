/*
 * The near miss of file_open_record.c: both ask for the process, through open files of their own.
 * The process has the lock (POSIX, fcntl): no thread of it waits.
 */
/* EXPECT clean */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	int fd = open_file("data");

	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 0) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	int fd = open_file("data");

	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 0) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

/*
 * A file lock and a mutex, in opposite orders by two threads of one process. Both have opened the
 * file for themselves, so that flock holds between them (flock(2)).
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
#include "file_scenario.h"
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	int fd = open_file("data");

	CHECK(flock(fd, LOCK_EX) == 0);
	meet(2);
	pthread_mutex_lock(&m); /* @one */
	pthread_mutex_unlock(&m);
	CHECK(flock(fd, LOCK_UN) == 0);
	return argument;
}

static void *two(void *argument)
{
	int fd = open_file("data");

	pthread_mutex_lock(&m);
	meet(2);
	CHECK(flock(fd, LOCK_EX) == 0); /* @two */
	CHECK(flock(fd, LOCK_UN) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

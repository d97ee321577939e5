/*
 * The near miss of file_mutex_threads.c: the second thread's descriptor is a duplicate of the first
 * one's, made before the first lock, and used when the first is closed. They are one open file, and
 * it has one lock (flock(2)).
 */
/* EXPECT clean */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int fd, copy;

static void *one(void *argument)
{
	CHECK(flock(fd, LOCK_EX) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(flock(fd, LOCK_UN) == 0);
	CHECK(close(fd) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(flock(copy, LOCK_EX) == 0);
	CHECK(flock(copy, LOCK_UN) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	fd = open_file("data");
	copy = fcntl(fd, F_DUPFD_CLOEXEC, 10);
	CHECK(copy >= 10);
	run_two(one, two);
	return 0;
}

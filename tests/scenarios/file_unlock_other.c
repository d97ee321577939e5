/*
 * The near miss of file_other_thread.c, in one process: another thread unlocks the file through an
 * open file of its own. That has no lock, and the first thread's stays (flock(2)). So it is held
 * when the mutex is taken.
 */
/* EXPECT lock-order feasible first second */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	int fd = open_file("data");

	CHECK(flock(fd, LOCK_EX) == 0);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
	CHECK(flock(fd, LOCK_UN) == 0);
	stage_reach(3);
	return argument;
}

static void *two(void *argument)
{
	int fd = open_file("data");

	stage_await(1);
	CHECK(flock(fd, LOCK_UN) == 0);
	stage_reach(2);
	stage_await(3);
	pthread_mutex_lock(&m);
	CHECK(flock(fd, LOCK_EX) == 0); /* @second */
	CHECK(flock(fd, LOCK_UN) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

/*
 * Two threads of one process take a file's lock and a mutex in opposite orders. Each has opened the
 * file for itself, and flock treats open files independently, also in one process (flock(2)): each
 * can wait for the other.
 */
/* EXPECT lock-order feasible first first-hold second second-hold */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	int fd = open_file("data");

	CHECK(flock(fd, LOCK_EX) == 0); /* @first-hold */
	pthread_mutex_lock(&m);		/* @first */
	pthread_mutex_unlock(&m);
	CHECK(flock(fd, LOCK_UN) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	int fd = open_file("data");

	stage_await(1);
	pthread_mutex_lock(&m);		/* @second-hold */
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

/*
 * A thread locks a file, closes the descriptor and keeps a duplicate of it: the lock is released
 * only when all of them are closed (flock(2)), so it is held when the mutex is taken. The other
 * thread takes both the other way round.
 */
/* EXPECT lock-order feasible first second */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	int fd = open_file("data"), copy = dup(fd);

	CHECK(copy >= 0);
	CHECK(flock(fd, LOCK_EX) == 0);
	CHECK(close(fd) == 0);
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
	CHECK(close(copy) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	int fd = open_file("data");

	stage_await(1);
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

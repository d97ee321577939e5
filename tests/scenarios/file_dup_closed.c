/* The near miss of file_dup_keeps.c: the duplicate is closed before the mutex is taken, too. */
/* EXPECT none */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	int fd = open_file("data"), copy = dup(fd);

	CHECK(copy >= 0);
	CHECK(flock(fd, LOCK_EX) == 0);
	CHECK(close(fd) == 0);
	CHECK(close(copy) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	int fd = open_file("data");

	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(flock(fd, LOCK_EX) == 0);
	CHECK(flock(fd, LOCK_UN) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

/*
 * The near miss of file_mutex_threads.c: both threads use one open file. The lock belongs to that,
 * and who asks for it through the same open file has it already (flock(2)): nobody ever waits.
 */
/* EXPECT clean */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int fd;

static void *one(void *argument)
{
	CHECK(flock(fd, LOCK_EX) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(flock(fd, LOCK_UN) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(flock(fd, LOCK_EX) == 0);
	CHECK(flock(fd, LOCK_UN) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	fd = open_file("data");
	run_two(one, two);
	return 0;
}

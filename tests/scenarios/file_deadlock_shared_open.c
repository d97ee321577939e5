/*
 * The near miss of file_deadlock_mutex.c: both threads use one open file, which has the lock. The
 * second one asks for what it has (flock(2)), and so gives the mutex back.
 */
/* EXPECT none */
#include "file_scenario.h"
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int fd;

static void *one(void *argument)
{
	CHECK(flock(fd, LOCK_EX) == 0);
	meet(2);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	meet(4);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m);
	meet(2);
	CHECK(flock(fd, LOCK_EX) == 0);
	pthread_mutex_unlock(&m);
	meet(4);
	return argument;
}

int main(void)
{
	fd = open_file("data");
	run_two(one, two);
	CHECK(flock(fd, LOCK_UN) == 0);
	return 0;
}

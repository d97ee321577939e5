/* The near miss of file_deadlock_mutex.c: the second thread only tries the file (LOCK_NB). */
/* EXPECT lock-order discharged try-lock one two */
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
	CHECK(flock(fd, LOCK_EX | LOCK_NB) == -1 && errno == EWOULDBLOCK);
	pthread_mutex_unlock(&m);
	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(flock(fd, LOCK_EX | LOCK_NB) == 0); /* @two */
	CHECK(flock(fd, LOCK_UN) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL), second = start(two, NULL);

	finish(first);
	stage_reach(1);
	finish(second);
	return 0;
}

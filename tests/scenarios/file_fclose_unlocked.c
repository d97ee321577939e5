/*
 * Two threads lock a file and a mutex in opposite orders. Each opens the file for itself, so that
 * flock of the one waits for the other (flock(2)). That the second one's stream gets the descriptor
 * that the first one's had, which fclose closed after the file was unlocked, makes them no one open
 * file.
 */
/* EXPECT lock-order feasible first first-hold second second-hold */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static FILE *open_stream(void)
{
	FILE *stream = fopen("a", "w");

	CHECK(stream);
	return stream;
}

static void *one(void *argument)
{
	FILE *a = open_stream();

	CHECK(flock(fileno(a), LOCK_EX) == 0); /* @first-hold */
	CHECK(pthread_mutex_lock(&m) == 0);    /* @first */
	CHECK(pthread_mutex_unlock(&m) == 0);
	CHECK(flock(fileno(a), LOCK_UN) == 0);
	CHECK(fclose(a) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	FILE *a;

	stage_await(1);
	a = open_stream();
	CHECK(pthread_mutex_lock(&m) == 0);    /* @second-hold */
	CHECK(flock(fileno(a), LOCK_EX) == 0); /* @second */
	CHECK(flock(fileno(a), LOCK_UN) == 0);
	CHECK(pthread_mutex_unlock(&m) == 0);
	CHECK(fclose(a) == 0);
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL), second = start(two, NULL);

	finish(first);
	finish(second);
	return 0;
}

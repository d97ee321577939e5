/*
 * A hundred threads, one after the other, each with an open file of its own that it locks around
 * two mutexes; the last one takes them in the opposite order. Threads that are joined before the
 * next begins are in order. The last two run beside each other, and the flock keeps them apart
 * (flock(2)).
 */
/* EXPECT clean */
/* DROPPED 0 */
#include "file_scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void take(pthread_mutex_t *first, pthread_mutex_t *second)
{
	int gate = open_file("gate");

	CHECK(flock(gate, LOCK_EX) == 0);
	pthread_mutex_lock(first);
	pthread_mutex_lock(second);
	pthread_mutex_unlock(second);
	pthread_mutex_unlock(first);
	CHECK(close(gate) == 0);
}

static void *take_ab(void *argument)
{
	take(&a, &b);
	stage_reach(1);
	return argument;
}

static void *take_ba(void *argument)
{
	stage_await(1);
	take(&b, &a);
	return argument;
}

int main(void)
{
	for (int i = 0; i < 98; i++)
		finish(start(take_ab, NULL));
	stage_reach(0);
	run_two(take_ab, take_ba);
	return 0;
}

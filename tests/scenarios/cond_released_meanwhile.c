/*
 * After a condition wait, the waiter gives m back and takes x with nothing held. Another thread
 * takes x and then m. If the tool lost the unlock after the re-acquisition, it would see m before
 * x.
 */
/* EXPECT none */
/* ACQUISITIONS >=6 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready;

static void *one(void *argument)
{
	pthread_mutex_lock(&m);
	stage_reach(1);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
	pthread_mutex_lock(&x);
	pthread_mutex_unlock(&x);
	stage_reach(2);
	return argument;
}

static void *two(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&x);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&x);
	return argument;
}

static void *three(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t third = start(three, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}

/*
 * Takes b out of a queue, whose first lock is c then, and tries it; when b is taken the thread
 * waits for the first lock of the queue. That is not b any more, though its address stands where
 * b's did. Nobody waits with c held.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "pair.h"

static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *queue = &b;

static void *one(void *argument)
{
	take_both(&b, &a); /* @first */
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_t *got = queue;

	stage_await(1);
	pthread_mutex_lock(&a);
	queue = &c;
	if (pthread_mutex_trylock(got)) { /* @second */
		got = queue;
		pthread_mutex_lock(queue);
	}
	pthread_mutex_unlock(got);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

/*
 * The near miss of signal_unlocked_other.c: in between the condition was destroyed and initialised
 * again, so that it is another one (POSIX pthread_cond_destroy). Nobody waits for that with the
 * first mutex.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER, two = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static int ready, done;

static void *wait_with_one(void *argument)
{
	pthread_mutex_lock(&one);
	stage_reach(1);
	while (!ready)
		pthread_cond_wait(&changed, &one);
	pthread_mutex_unlock(&one);
	return argument;
}

static void *signal_with_two(void *argument)
{
	pthread_mutex_lock(&two);
	done = 1;
	pthread_cond_signal(&changed);
	pthread_mutex_unlock(&two);
	return argument;
}

int main(void)
{
	pthread_t thread;

	pthread_cond_init(&changed, NULL);
	thread = start(wait_with_one, NULL);
	/* Who has the mutex after that has it from the wait. */
	stage_await(1);
	pthread_mutex_lock(&one);
	ready = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&one);
	finish(thread);
	pthread_cond_destroy(&changed);
	pthread_cond_init(&changed, NULL);
	finish(start(signal_with_two, NULL));
	pthread_cond_destroy(&changed);
	return 0;
}

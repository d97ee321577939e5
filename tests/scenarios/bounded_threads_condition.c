/*
 * Ten thousand rounds of two threads, of which one waits until the other one has said so, by a
 * condition that nobody else has; joined before the next round. Which of them is first, and so
 * whether there is a wait, is not the same in all of them.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "scenario.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t said = PTHREAD_COND_INITIALIZER;
static int done;

static void *say(void *argument)
{
	pthread_mutex_lock(&lock);
	done = 1;
	pthread_cond_signal(&said);
	pthread_mutex_unlock(&lock);
	return argument;
}

static void *await(void *argument)
{
	pthread_mutex_lock(&lock);
	while (!done)
		pthread_cond_wait(&said, &lock);
	done = 0;
	pthread_mutex_unlock(&lock);
	return argument;
}

int main(void)
{
	for (int i = 0; i < 10000; i++) {
		pthread_t waiter = start(await, NULL), other = start(say, NULL);

		finish(other);
		finish(waiter);
	}
	return 0;
}

/*
 * A near miss of join_holding.c: worker posts when it is done with m, and main waits for that
 * before it takes m. No other thread posts, so that worker is past its lock whenever main waits for
 * it.
 */
/* EXPECT join-order discharged sync-order hold join take */
#include "scenario.h"
#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	sem_wait(&done);
	pthread_mutex_lock(&m);	    /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_mutex_unlock(&m);
	return 0;
}

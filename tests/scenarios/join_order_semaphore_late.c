/*
 * The near miss of join_order_semaphore.c: worker takes m after it has posted. main may hold m by
 * then.
 */
/* EXPECT join-order feasible hold join take */
#include "scenario.h"
#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t done;

static void *worker(void *argument)
{
	sem_post(&done);
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	sem_init(&done, 0, 0);
	thread = start(worker, NULL);
	sem_wait(&done);
	stage_await(1);
	pthread_mutex_lock(&m);	    /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_mutex_unlock(&m);
	return 0;
}

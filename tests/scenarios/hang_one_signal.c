/*
 * Two wait for a condition, and one signal lets one of them go (POSIX, pthread_cond_signal: at
 * least one). That one ends; the other waits for a signal that nobody is there to give.
 */
/* HANGS */
/* KILLED */
/* EXPECT hang observed wait */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int jobs;
static int tids[2];

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	tell_tid(argument);
	while (jobs == 0)
		pthread_cond_wait(&c, &m); /* @wait */
	jobs--;
	pthread_mutex_unlock(&m);
	return NULL;
}

int main(void)
{
	pthread_t first = start(worker, &tids[0]);
	pthread_t second = start(worker, &tids[1]);

	await_asleep(&tids[0]);
	await_asleep(&tids[1]);
	pthread_mutex_lock(&m);
	jobs = 1;
	pthread_cond_signal(&c);
	pthread_mutex_unlock(&m);
	pthread_join(first, NULL);
	pthread_join(second, NULL);
	return 0;
}

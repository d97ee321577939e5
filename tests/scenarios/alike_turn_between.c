/*
 * Threads in turn, all alike, take a inside a semaphore that is a lock, and signal. Once, after so
 * many that they are not told apart any more, their creator does so the other way round, when it
 * has joined one and not yet made the next.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 1001 */
#include "signalling_threads.h"
#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static sem_t turn;

static void *run(void *argument)
{
	sem_wait(&turn);
	pthread_mutex_lock(&a); /* @first */
	pthread_mutex_unlock(&a);
	sem_post(&turn);
	tell();
	return argument;
}

__attribute__((noinline)) static void other_way_round(void)
{
	pthread_mutex_lock(&a);
	sem_wait(&turn); /* @second */
	sem_post(&turn);
	pthread_mutex_unlock(&a);
}

int main(void)
{
	CHECK(sem_init(&turn, 0, 1) == 0);
	for (int i = 0; i < 1000; i++) {
		pthread_t thread = start_counted(run, NULL);

		await_running(0);
		finish(thread);
		if (i == 800)
			other_way_round();
	}
	return 0;
}

/*
 * A hundred threads in turn take a, b. Another one, which is there all the time, takes b, a when
 * the parent posts the one semaphore, and posts the other one then; in between the parent makes no
 * thread, and all that it has made have been joined.
 */
/* EXPECT lock-order discharged sync-order first second */
/* THREADS 102 */
#include "scenario.h"
#include <semaphore.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static sem_t go, done;

static void *run_ab(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *run_ba(void *argument)
{
	sem_wait(&go);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	sem_post(&done);
	return argument;
}

int main(void)
{
	pthread_t other;

	sem_init(&go, 0, 0);
	sem_init(&done, 0, 0);
	other = start(run_ba, NULL);
	for (int round = 0; round < 100; round++) {
		if (round == 50) {
			sem_post(&go);
			sem_wait(&done);
		}
		finish(start(run_ab, NULL));
	}
	finish(other);
	return 0;
}

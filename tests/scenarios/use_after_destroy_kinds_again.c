/*
 * As use_after_destroy_kinds, but each is initialised again before its next use: by the call for
 * it, or, the condition, by what stands for the call (PTHREAD_COND_INITIALIZER).
 */
/* EXPECT none */
#include "scenario.h"
#include <semaphore.h>

static pthread_barrier_t barrier;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static pthread_spinlock_t spin;
static sem_t done;

static void *worker(void *argument)
{
	sem_post(&done);
	pthread_barrier_wait(&barrier);
	pthread_cond_broadcast(&cond);
	return argument;
}

static void live(void)
{
	static const pthread_cond_t fresh = PTHREAD_COND_INITIALIZER;
	pthread_t thread;

	pthread_barrier_init(&barrier, NULL, 2);
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
	sem_init(&done, 0, 0);
	cond = fresh;
	pthread_spin_lock(&spin);
	pthread_spin_unlock(&spin);
	thread = start(worker, NULL);
	CHECK(sem_wait(&done) == 0);
	pthread_barrier_wait(&barrier);
	finish(thread);
	sem_destroy(&done);
	pthread_spin_destroy(&spin);
	pthread_cond_destroy(&cond);
	pthread_barrier_destroy(&barrier);
}

int main(void)
{
	for (int i = 0; i < 3; i++)
		live();
	return 0;
}

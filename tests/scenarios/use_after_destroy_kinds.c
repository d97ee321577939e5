/*
 * Semaphores, barriers, conditions and spin locks are used after they were destroyed, and before
 * they are initialised again: undefined (POSIX). The semaphore is that of a request which the
 * asking thread gives up and ends; the worker answers too late.
 */
/* EXPECT use-after-destroy misuse late_post sem_gone */
/* EXPECT use-after-destroy misuse late_wait barrier_gone */
/* EXPECT use-after-destroy misuse late_signal cond_gone */
/* EXPECT use-after-destroy misuse late_lock spin_gone */
#include "scenario.h"
#include <semaphore.h>

static pthread_barrier_t barrier;
static pthread_cond_t cond;
static pthread_spinlock_t spin;
static sem_t *answered;

static void *worker(void *argument)
{
	turn_await(1);
	sem_post(answered); /* @late_post */
	turn_pass(2);
	return argument;
}

static void request(void)
{
	struct timespec until = soon(CLOCK_REALTIME, 20);
	pthread_t thread;
	sem_t done;

	sem_init(&done, 0, 0);
	answered = &done;
	thread = start(worker, NULL);
	CHECK(sem_timedwait(&done, &until) == -1 && errno == ETIMEDOUT);
	sem_destroy(&done); /* @sem_gone */
	turn_pass(1);
	turn_await(2);
	finish(thread);
}

int main(void)
{
	request();
	pthread_barrier_init(&barrier, NULL, 1);
	pthread_barrier_destroy(&barrier); /* @barrier_gone */
	pthread_barrier_wait(&barrier);	   /* @late_wait */
	pthread_cond_init(&cond, NULL);
	pthread_cond_destroy(&cond);   /* @cond_gone */
	pthread_cond_broadcast(&cond); /* @late_signal */
	pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
	pthread_spin_destroy(&spin); /* @spin_gone */
	pthread_spin_lock(&spin);    /* @late_lock */
	pthread_spin_unlock(&spin);
	return 0;
}

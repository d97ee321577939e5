/*
 * One function with a mutex on its stack is called from two places. In the first call the worker
 * takes it after `other`, in the second call it is taken before `other`: two locks in one place.
 */
/* EXPECT none */
/* OUTPUT same address */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void *worker(void *argument)
{
	turn_await(1);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(handed);
	pthread_mutex_unlock(handed);
	pthread_mutex_unlock(&other);
	turn_pass(2);
	return argument;
}

static void hand_over(pthread_mutex_t *m)
{
	handed = m;
	turn_pass(1);
	turn_await(2);
}

static void take_outside(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

static uintptr_t place;

static __attribute__((noinline)) void life(void (*use)(pthread_mutex_t *m))
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	if (place == (uintptr_t)&m)
		puts("same address");
	place = (uintptr_t)&m;
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	use(&m);
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	life(hand_over);
	life(take_outside);
	finish(thread);
	return 0;
}

/*
 * Two functions, called one after the other, have a mutex in the same place of their frames. The
 * worker takes the first function's after `other`, the second function takes its own before
 * `other`. A local variable ends with its function: three locks, no circle.
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

static __attribute__((noinline)) void hand_over(pthread_mutex_t *m)
{
	handed = m;
	turn_pass(1);
	turn_await(2);
}

static __attribute__((noinline)) void take_outside(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other);
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

static uintptr_t place;

static __attribute__((noinline)) void note(const void *m)
{
	if (place == (uintptr_t)m)
		puts("same address");
	place = (uintptr_t)m;
}

static __attribute__((noinline)) void first_life(void)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	note(&m);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	hand_over(&m);
}

static __attribute__((noinline)) void second_life(void)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	note(&m);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	take_outside(&m);
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	first_life();
	second_life();
	finish(thread);
	return 0;
}

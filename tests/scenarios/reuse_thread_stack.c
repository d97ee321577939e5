/*
 * A thread has a mutex on its stack, which the worker takes after `other`. The thread ends; the
 * next one gets the same stack from glibc, and has a mutex in the same place, which it takes before
 * `other`. The mutexes of an ended thread's stack have ended with it: three locks, no circle.
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

static void *first_life(void *argument)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	note(&m);
	hand_over(&m);
	return argument;
}

static void *second_life(void *argument)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	note(&m);
	take_outside(&m);
	return argument;
}

int main(void)
{
	pthread_t other_thread = start(worker, NULL);

	finish(start(first_life, NULL));
	finish(start(second_life, NULL));
	finish(other_thread);
	return 0;
}

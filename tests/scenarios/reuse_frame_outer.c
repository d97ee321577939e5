/*
 * The near miss of reuse_frame.c: the mutex is the caller's, whose frame lasts, and is lent to both
 * functions.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

static pthread_mutex_t other = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *handed;

/* Takes the lock it is handed in the first turn, under `other`. */
static void *worker(void *argument)
{
	turn_await(1);
	pthread_mutex_lock(&other);
	pthread_mutex_lock(handed); /* @first */
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
	pthread_mutex_lock(&other); /* @second */
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

static __attribute__((noinline)) void first_use(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_unlock(m);
	hand_over(m);
}

static __attribute__((noinline)) void second_use(pthread_mutex_t *m)
{
	take_outside(m);
}

static __attribute__((noinline)) void owner(void)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	first_use(&m);
	second_use(&m);
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	owner();
	finish(thread);
	return 0;
}

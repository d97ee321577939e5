/*
 * A destructor of thread-specific data takes locks when its thread ends by pthread_exit, in the
 * last round of destructors. The thread is still a thread then, and its locks are locks.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 3 */
/* Four, and those of the unwinder behind pthread_exit, which initialises itself once. */
/* ACQUISITIONS >=4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static pthread_key_t key;

/* Comes back in the last of the rounds that POSIX grants, after everybody else's destructors. */
static void destroy(void *rounds_left)
{
	if ((intptr_t)rounds_left > 1) {
		pthread_setspecific(key, (void *)((intptr_t)rounds_left - 1));
		return;
	}
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *leave(void *argument)
{
	stage_await(1);
	pthread_setspecific(key, (void *)(intptr_t)sysconf(_SC_THREAD_DESTRUCTOR_ITERATIONS));
	pthread_exit(argument);
}

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

int main(void)
{
	CHECK(pthread_key_create(&key, destroy) == 0);
	run_two(one, leave);
	return 0;
}

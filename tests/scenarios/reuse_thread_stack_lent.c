/*
 * The near miss of reuse_thread_stack.c: the mutex lies on the stack of the main thread, which
 * lends it to both. It outlives them, and is one lock in both orders. Nobody has to wait for the
 * worker, and who takes the mutex first has not made it: others know it.
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
	stage_reach(2);
	return argument;
}

static void hand_over(pthread_mutex_t *m)
{
	handed = m;
	turn_pass(1);
	stage_await(2);
}

static void take_outside(pthread_mutex_t *m)
{
	pthread_mutex_lock(m);
	pthread_mutex_lock(&other); /* @second */
	pthread_mutex_unlock(&other);
	pthread_mutex_unlock(m);
}

static void *first_life(void *argument)
{
	hand_over(argument);
	return NULL;
}

static void *second_life(void *argument)
{
	take_outside(argument);
	return NULL;
}

int main(void)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
	pthread_t other_thread = start(worker, NULL);

	finish(start(first_life, &m));
	finish(start(second_life, &m));
	finish(other_thread);
	return 0;
}

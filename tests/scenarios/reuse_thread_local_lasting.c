/*
 * The near miss of reuse_thread_local.c: it is the main thread's thread-local mutex in both orders.
 */
/* EXPECT lock-order potential first second */
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

static __thread pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *lent(void *argument)
{
	hand_over(argument);
	return NULL;
}

int main(void)
{
	pthread_t other_thread = start(worker, NULL);

	finish(start(lent, &m));
	take_outside(&m);
	finish(other_thread);
	return 0;
}

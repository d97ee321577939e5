/*
 * Near miss as well: the mutex lies in a frame around a recursion, whose own frames come and go
 * between the two uses, each with a mutex of its own.
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

static __attribute__((noinline)) void descend(int depth)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	pthread_mutex_lock(&m);
	if (depth > 0)
		descend(depth - 1);
	pthread_mutex_unlock(&m);
}

static __attribute__((noinline)) void owner(void)
{
	pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

	descend(3);
	hand_over(&m);
	descend(5);
	take_outside(&m);
	descend(2);
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	owner();
	finish(thread);
	return 0;
}

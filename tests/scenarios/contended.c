/*
 * One thread has to wait for the other: the holder gives the lock back only when it sees a waiter
 * in the mutex (glibc's mutexes of the normal type say 2 in __data.__lock when there are waiters).
 * The lock beside it is never waited for.
 */
/* EXPECT none */
/* CONTENDED hot >=1 */
/* CONTENDED cold =0 */
#include "scenario.h"

static pthread_mutex_t hot = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t cold = PTHREAD_MUTEX_INITIALIZER;

static void *holder(void *argument)
{
	pthread_mutex_lock(&hot);
	stage_reach(1);
	while (__atomic_load_n(&hot.__data.__lock, __ATOMIC_RELAXED) != 2)
		usleep(1000);
	usleep(1000);
	pthread_mutex_unlock(&hot);
	return argument;
}

static void *waiter(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&hot);
	pthread_mutex_unlock(&hot);
	return argument;
}

int main(void)
{
	pthread_mutex_lock(&cold);
	pthread_mutex_unlock(&cold);
	run_two(holder, waiter);
	return 0;
}

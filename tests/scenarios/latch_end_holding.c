/*
 * As latch_end.c, but who waits for the thread's end holds b already, and takes a then. That a and
 * b are taken in opposite orders cannot matter, as one side is over. But the thread may need b to
 * come to its end, and then both wait.
 */
/* EXPECT lock-order feasible first wait */
/* ALLOW discharged */
#include "scenario.h"

#include <semaphore.h>

static sem_t ended;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *one(void *argument)
{
	CHECK(sem_init(&ended, 0, 1) == 0);
	CHECK(sem_trywait(&ended) == 0);
	turn_pass(1);
	take_ab();
	stage_reach(1);
	CHECK(sem_post(&ended) == 0);
	return argument;
}

int main(void)
{
	pthread_t first = start(one, NULL);

	turn_await(1);
	stage_await(1);
	pthread_mutex_lock(&b);
	CHECK(sem_wait(&ended) == 0); /* @wait */
	CHECK(sem_post(&ended) == 0);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	finish(first);
	return 0;
}

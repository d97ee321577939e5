/*
 * A thread is cancelled while it waits for a semaphore (POSIX: sem_wait is a cancellation point).
 * It takes nothing; its clean-up handler takes the mutex without it. Another thread takes the
 * semaphore inside the mutex. Main joins the waiter while it has the semaphore, takes the mutex and
 * then the semaphore, and the waiter takes the mutex: but main cannot do both of its parts at once.
 */
/* EXPECT clean */
#include "scenario.h"

#include <semaphore.h>

static sem_t s;

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void clean_up(void *argument)
{
	(void)argument;
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
}

static void *waiter(void *argument)
{
	pthread_cleanup_push(clean_up, NULL);
	stage_reach(1);
	sem_wait(&s);
	pthread_cleanup_pop(0);
	CHECK(!"the thread was not cancelled");
	return argument;
}

int main(void)
{
	pthread_t waiting;
	void *result;

	sem_init(&s, 0, 1);
	CHECK(sem_wait(&s) == 0);
	waiting = start(waiter, NULL);
	stage_await(1);
	pthread_cancel(waiting);
	CHECK(pthread_join(waiting, &result) == 0);
	CHECK(result == PTHREAD_CANCELED);
	sem_post(&s);
	pthread_mutex_lock(&m);
	CHECK(sem_wait(&s) == 0);
	sem_post(&s);
	pthread_mutex_unlock(&m);
	return 0;
}

/* The near miss of unordered_lives.c: of fewer semaphores all that they order is kept. */
/* EXPECT none */
/* UNORDERED 0 */
#include "scenario.h"

#include <semaphore.h>

enum { LIVES = 60 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t s;

static void *wait_for_it(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	return argument;
}

static void hand_over(void)
{
	pthread_t thread;

	CHECK(sem_init(&s, 0, 0) == 0);
	thread = start(wait_for_it, NULL);
	CHECK(sem_post(&s) == 0);
	finish(thread);
	CHECK(sem_destroy(&s) == 0);
}

int main(void)
{
	for (int i = 0; i < LIVES; i++)
		hand_over();
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return 0;
}

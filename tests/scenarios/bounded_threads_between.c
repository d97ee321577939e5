/*
 * A server with a thread for each request, that nobody joins, and a semaphore for each by which it
 * and the thread keep out of each other's way: twenty thousand of them. Once the semaphores are
 * gone it makes no difference which they were.
 */
/* EXPECT none */
/* THREADS 20001 */
/* TRACE <=256 */
#include "scenario.h"

#include <sched.h>
#include <semaphore.h>
#include <stdlib.h>

static pthread_mutex_t outer = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t inner = PTHREAD_MUTEX_INITIALIZER;
static int ended;

static void nest(sem_t *own)
{
	sem_wait(own);
	pthread_mutex_lock(&outer);
	pthread_mutex_lock(&inner);
	pthread_mutex_unlock(&inner);
	pthread_mutex_unlock(&outer);
	sem_post(own);
}

static void *request(void *argument)
{
	nest(argument);
	__atomic_add_fetch(&ended, 1, __ATOMIC_RELEASE);
	return NULL;
}

int main(void)
{
	for (int i = 0; i < 20000; i++) {
		sem_t *own = malloc(sizeof(*own));

		CHECK(sem_init(own, 0, 1) == 0);
		CHECK(pthread_detach(start(request, own)) == 0);
		nest(own);
		while (__atomic_load_n(&ended, __ATOMIC_ACQUIRE) <= i)
			sched_yield();
		CHECK(sem_destroy(own) == 0);
		free(own);
	}
	return 0;
}

/*
 * As sem_waiters_abba, but the maker of the many took a mutex while it had their units. That was
 * inside no lock. Another thread has the mutex when it takes the last one, which is used as a lock
 * and by that thread alone: nobody ever wants the mutex inside that one.
 */
/* EXPECT none */
#include "waiters.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static sem_t *last;

static void *take(void *argument)
{
	for (int i = 0; i < 2; i++) {
		pthread_mutex_lock(&mutex);
		CHECK(sem_wait(last) == 0);
		sem_post(last);
		pthread_mutex_unlock(&mutex);
	}
	return argument;
}

int main(void)
{
	wait_often(2000, &mutex);
	last = make_semaphore();
	finish(start(take, NULL));
	drop_semaphore(last);
	return 0;
}

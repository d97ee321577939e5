/*
 * One walk through five families: who has the mutex wants to write, where somebody reads, who
 * spins, for somebody who waits for a semaphore, which somebody took who joins a thread, which
 * wants the mutex. The semaphore starts at 1 and was used as a lock before.
 */
/* HANGS 5 */
/* EXPECT deadlock-cycle observed write spin wait join want */
/* THREADS 6 */
#include "hang.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t r = PTHREAD_RWLOCK_INITIALIZER;
static pthread_spinlock_t s;
static sem_t semaphore;
static pthread_t last;

static void *writer(void *argument)
{
	pthread_mutex_lock(&m);
	meet(5);
	pthread_rwlock_wrlock(&r); /* @write */
	pthread_rwlock_unlock(&r);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *spinner(void *argument)
{
	pthread_rwlock_rdlock(&r);
	meet(5);
	pthread_spin_lock(&s); /* @spin */
	pthread_spin_unlock(&s);
	pthread_rwlock_unlock(&r);
	return argument;
}

static void *sleeper(void *argument)
{
	pthread_spin_lock(&s);
	meet(5);
	CHECK(sem_wait(&semaphore) == 0); /* @wait */
	sem_post(&semaphore);
	pthread_spin_unlock(&s);
	return argument;
}

static void *joiner(void *argument)
{
	CHECK(sem_wait(&semaphore) == 0);
	CHECK(sem_post(&semaphore) == 0);
	CHECK(sem_wait(&semaphore) == 0);
	meet(5);
	pthread_join(last, NULL); /* @join */
	sem_post(&semaphore);
	return argument;
}

static void *locker(void *argument)
{
	meet(5);
	pthread_mutex_lock(&m); /* @want */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t third;

	CHECK(pthread_spin_init(&s, PTHREAD_PROCESS_PRIVATE) == 0);
	CHECK(sem_init(&semaphore, 0, 1) == 0);
	last = start(locker, NULL);
	third = start(joiner, NULL);
	start(writer, NULL);
	start(spinner, NULL);
	finish(start(sleeper, NULL));
	finish(third);
	return 0;
}

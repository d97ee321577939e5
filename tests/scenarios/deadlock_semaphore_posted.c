/*
 * The near miss of deadlock_semaphore_mutex.c: the main thread sees to it that nobody waits for
 * long. Any thread may post a semaphore (POSIX), and this one does when the two have waited for
 * each other for a while: the semaphore was no lock after all.
 */
/* EXPECT none */
#include "hang.h"

#include <semaphore.h>

static sem_t s;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int tids[2];

static void *one(void *argument)
{
	CHECK(sem_wait(&s) == 0);
	meet(2);
	tell_tid(&tids[0]);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m);
	meet(2);
	tell_tid(&tids[1]);
	CHECK(sem_wait(&s) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t first, second;

	CHECK(sem_init(&s, 0, 1) == 0);
	first = start(one, NULL);
	second = start(two, NULL);
	await_asleep(&tids[0]);
	await_asleep(&tids[1]);
	nap(300);
	CHECK(sem_post(&s) == 0);
	finish(first);
	finish(second);
	return 0;
}

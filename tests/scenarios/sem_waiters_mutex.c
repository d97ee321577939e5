/*
 * As sem_waiters_deadlock with a mutex for the second lock, and the semaphore is held for the first
 * time: what it is to be is not known when all is over, only who has it. Only that thread would
 * post it.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one-hold one-want two-hold two-want */
#include "hang.h"
#include "waiters.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static sem_t *last;

static void *one(void *argument)
{
	CHECK(sem_wait(last) == 0); /* @one-hold */
	meet(2);
	pthread_mutex_lock(&mutex); /* @one-want */
	pthread_mutex_unlock(&mutex);
	sem_post(last);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&mutex); /* @two-hold */
	meet(2);
	CHECK(sem_wait(last) == 0); /* @two-want */
	sem_post(last);
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	wait_often(2000, &mutex);
	last = make_semaphore();
	run_two(one, two);
	return 0;
}

/*
 * The near miss of deadlock_semaphores.c: the main thread cancels one of the two. sem_wait is a
 * cancellation point (POSIX, 2.9.5), and the clean-up handler posts what the thread had taken, so
 * the other goes on. They did wait for each other, but it was not for ever. (Without the main
 * thread they would have: the order is reported.)
 */
/* EXPECT lock-order feasible one-hold one-want two-hold two-want */
#include "hang.h"

#include <semaphore.h>

static sem_t a, b;
static int tids[2];

static void use(sem_t *semaphore)
{
	CHECK(sem_wait(semaphore) == 0);
	CHECK(sem_post(semaphore) == 0);
}

static void give_back(void *semaphore)
{
	sem_post(semaphore);
}

static void use_both(bool together)
{
	CHECK(sem_wait(&a) == 0); /* @one-hold */
	pthread_cleanup_push(give_back, &a);
	if (together) {
		meet(4);
		tell_tid(&tids[0]);
	}
	CHECK(sem_wait(&b) == 0); /* @one-want */
	sem_post(&b);
	pthread_cleanup_pop(1);
}

static void *one(void *argument)
{
	use(&a);
	use(&b);
	use_both(false);
	meet(2);
	use_both(true);
	return argument;
}

static void *two(void *argument)
{
	meet(2);
	CHECK(sem_wait(&b) == 0); /* @two-hold */
	meet(4);
	tell_tid(&tids[1]);
	CHECK(sem_wait(&a) == 0); /* @two-want */
	sem_post(&a);
	sem_post(&b);
	return argument;
}

int main(void)
{
	pthread_t first, second;

	CHECK(sem_init(&a, 0, 1) == 0 && sem_init(&b, 0, 1) == 0);
	first = start(one, NULL);
	second = start(two, NULL);
	await_asleep(&tids[0]);
	await_asleep(&tids[1]);
	nap(700);
	CHECK(pthread_cancel(first) == 0);
	finish(first);
	finish(second);
	return 0;
}

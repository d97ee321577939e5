/*
 * As deadlock_semaphores_cancelled.c, but both have disabled cancellation: the request stays
 * pending (POSIX, pthread_setcancelstate), and the main thread, which goes on, never posts.
 */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed one-hold one-want two-hold two-want */
#include "hang.h"

#include <semaphore.h>

static sem_t a, b;
static int tids[2];

static void use(sem_t *semaphore)
{
	CHECK(sem_wait(semaphore) == 0);
	CHECK(sem_post(semaphore) == 0);
}

static void begin(void)
{
	CHECK(pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL) == 0);
	use(&a);
	use(&b);
	meet(2);
}

static void *one(void *argument)
{
	begin();
	CHECK(sem_wait(&a) == 0); /* @one-hold */
	meet(4);
	tell_tid(&tids[0]);
	CHECK(sem_wait(&b) == 0); /* @one-want */
	sem_post(&b);
	sem_post(&a);
	return argument;
}

static void *two(void *argument)
{
	begin();
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
	CHECK(pthread_cancel(first) == 0 && pthread_cancel(second) == 0);
	for (;;)
		nap(10);
}

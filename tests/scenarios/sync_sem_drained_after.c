/*
 * Thread two waits for news, takes what further units there are, and does what lies in the queue.
 * Only what thread one puts there after a, b leads it to b, a.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

#include <semaphore.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t s;
static unsigned queue[2], queued;

static void put(unsigned item)
{
	pthread_mutex_lock(&m);
	queue[queued++] = item;
	pthread_mutex_unlock(&m);
	CHECK(sem_post(&s) == 0);
}

static void *one(void *argument)
{
	put(1);
	take_both(&a, &b); /* @first */
	put(2);
	stage_reach(1);
	return argument;
}

static unsigned get(unsigned number)
{
	unsigned item = 0;

	pthread_mutex_lock(&m);
	if (number < queued)
		item = queue[number];
	pthread_mutex_unlock(&m);
	return item;
}

static void *two(void *argument)
{
	unsigned number = 0, item = 0;

	stage_await(1);
	while (item != 2) {
		CHECK(sem_wait(&s) == 0);
		while (sem_trywait(&s) == 0)
			;
		while ((item = get(number)) != 0) {
			number++;
			if (item == 2)
				break;
		}
	}
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	run_two(one, two);
	return 0;
}

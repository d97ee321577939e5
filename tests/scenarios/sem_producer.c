/*
 * A buffer for one item: `empty` starts at 1, `full` at 0. The producer waits for empty and posts
 * full, the consumer waits for full and posts empty: no semaphore is posted by who took it. Each
 * side takes the mutex of the statistics after its wait, and once also waits with the mutex taken,
 * when the post it waits for is already made: nobody needs the mutex to make it.
 */
/* EXPECT none */
#include "scenario.h"

#include <semaphore.h>

static sem_t empty, full;

enum { ITEMS = 20 };

static pthread_mutex_t statistics = PTHREAD_MUTEX_INITIALIZER;
static int item, sum;

static void *produce(void *argument)
{
	for (int i = 1; i <= ITEMS; i++) {
		CHECK(sem_wait(&empty) == 0);
		item = i;
		sem_post(&full);
	}
	return argument;
}

static void *consume(void *argument)
{
	for (int i = 1; i <= ITEMS; i++) {
		pthread_mutex_lock(&statistics);
		CHECK(sem_wait(&full) == 0);
		sum += item;
		pthread_mutex_unlock(&statistics);
		sem_post(&empty);
	}
	return argument;
}

static void *produce_last(void *argument)
{
	CHECK(sem_wait(&empty) == 0);
	pthread_mutex_lock(&statistics);
	item = 0;
	pthread_mutex_unlock(&statistics);
	sem_post(&full);
	return argument;
}

int main(void)
{
	sem_init(&empty, 0, 1);
	sem_init(&full, 0, 0);
	run_two(produce, consume);
	finish(start(produce_last, NULL));
	CHECK(sem_wait(&full) == 0);
	pthread_mutex_lock(&statistics);
	sem_post(&empty);
	CHECK(sem_wait(&empty) == 0);
	pthread_mutex_unlock(&statistics);
	CHECK(sum == ITEMS * (ITEMS + 1) / 2);
	return 0;
}

/* Like wait_holding.c: the outer lock is a semaphore of one, which who takes it gives back. */
/* EXPECT wait-holding potential hold wait signal */
#include "scenario.h"

#include <semaphore.h>

static sem_t outer;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static int items;
static int waiter;

static void produce(void)
{
	sem_wait(&outer);
	pthread_mutex_lock(&m);
	items++;
	pthread_cond_signal(&c); /* @signal */
	pthread_mutex_unlock(&m);
	sem_post(&outer);
}

static void *producer(void *argument)
{
	produce();
	stage_reach(1);
	stage_await(9);
	produce();
	return argument;
}

static void *consumer(void *argument)
{
	stage_await(1);
	__atomic_store_n(&waiter, gettid(), __ATOMIC_RELEASE);
	sem_wait(&outer); /* @hold */
	pthread_mutex_lock(&m);
	while (items < 2)
		pthread_cond_wait(&c, &m); /* @wait */
	pthread_mutex_unlock(&m);
	sem_post(&outer);
	return argument;
}

int main(void)
{
	sem_init(&outer, 0, 1);
	start(producer, NULL);
	start(consumer, NULL);
	stage_await(1);
	while (!__atomic_load_n(&waiter, __ATOMIC_ACQUIRE))
		usleep(1000);
	await_blocked(waiter);
	exit(0);
}

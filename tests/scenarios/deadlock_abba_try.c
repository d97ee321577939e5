/*
 * The near miss of deadlock_abba.c: one side tries its second lock, finds it taken, and gives back
 * its first, until both are free at once. A try does not wait (POSIX, pthread_mutex_trylock:
 * EBUSY).
 */
/* EXPECT clean */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int tid_of_one;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	meet(2);
	tell_tid(&tid_of_one);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	meet(2);
	await_asleep(&tid_of_one);
	while (pthread_mutex_trylock(&a) != 0) {
		pthread_mutex_unlock(&b);
		nap(10);
		pthread_mutex_lock(&b);
	}
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

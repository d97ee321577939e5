/*
 * An initialiser wants a mutex whose owner waits for the initialisation: mutex and once, in
 * opposite orders.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed once want own need */
#include "hang.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void load(void)
{
	meet(2);
	pthread_mutex_lock(&m); /* @want */
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	pthread_once(&once, load); /* @once */
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&m); /* @own */
	meet(2);
	pthread_once(&once, load); /* @need */
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

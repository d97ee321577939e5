/*
 * The near miss of join_two_joins.c: first takes nothing but what two does not hold, so that one
 * always gets through.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;
static pthread_t workers[2];

static void *first(void *argument)
{
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	return argument;
}

static void *second(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_join(workers[0], NULL);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_join(workers[1], NULL);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	workers[0] = start(first, NULL);
	workers[1] = start(second, NULL);
	run_two(one, two);
	return 0;
}

/*
 * one joins first with a held, two joins second with b held; first takes b, second takes a. first
 * waits for two, two for second, second for one, one for first: a circle of four.
 */
/* EXPECT join-order feasible hold-a join-first take-b hold-b join-second take-a */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_t workers[2];

static void *first(void *argument)
{
	pthread_mutex_lock(&b); /* @take-b */
	pthread_mutex_unlock(&b);
	stage_advance();
	return argument;
}

static void *second(void *argument)
{
	pthread_mutex_lock(&a); /* @take-a */
	pthread_mutex_unlock(&a);
	stage_advance();
	return argument;
}

static void *one(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&a);		/* @hold-a */
	pthread_join(workers[0], NULL); /* @join-first */
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	stage_await(2);
	pthread_mutex_lock(&b);		/* @hold-b */
	pthread_join(workers[1], NULL); /* @join-second */
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

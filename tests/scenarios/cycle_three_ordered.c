/*
 * The near miss of cycle_three.c: a then b, b then c, but a then c. That is one order for all: the
 * thread that holds the last lock of those that are held waits for nobody.
 */
/* EXPECT none */
/* ACQUISITIONS 6 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *three(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	void *(*const sides[])(void *) = {one, two, three};
	pthread_t threads[3];

	for (int i = 0; i < 3; i++)
		threads[i] = start(sides[i], NULL);
	for (int i = 0; i < 3; i++)
		finish(threads[i]);
	return 0;
}

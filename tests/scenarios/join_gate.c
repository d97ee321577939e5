/*
 * A near miss of join_mixed.c: main and other both hold g around their parts, so that never both
 * are there; and worker, for which main waits, needs no g.
 */
/* EXPECT join-order discharged gate-lock hold join take-b hold-b take-a */
#include "scenario.h"

static pthread_mutex_t g = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&b); /* @take-b */
	pthread_mutex_unlock(&b);
	return argument;
}

static void *other(void *argument)
{
	pthread_mutex_lock(&g);
	pthread_mutex_lock(&b); /* @hold-b */
	pthread_mutex_lock(&a); /* @take-a */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&g);
	return argument;
}

int main(void)
{
	pthread_t one = start(worker, NULL), two = start(other, NULL);

	pthread_mutex_lock(&g);
	pthread_mutex_lock(&a);	 /* @hold */
	pthread_join(one, NULL); /* @join */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&g);
	finish(two);
	return 0;
}

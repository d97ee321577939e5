/*
 * The gate is taken by trying, and whoever does not get it turns away. A lock that was got by
 * trying is held like any other: the gate keeps the sides apart.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	if (pthread_mutex_trylock(&gate) == 0) {
		pthread_mutex_lock(&a);
		pthread_mutex_lock(&b); /* @first */
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&a);
		pthread_mutex_unlock(&gate);
	}
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	if (pthread_mutex_trylock(&gate) == 0) {
		pthread_mutex_lock(&b);
		pthread_mutex_lock(&a); /* @second */
		pthread_mutex_unlock(&a);
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&gate);
	}
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

/*
 * A try that fails gives back a, as it should, but not c, which is held around all of it. So b is
 * waited for with c held. Who has b wants c.
 */
/* EXPECT lock-order potential first second */
/* SAYS again and again */
#include "try_again.h"

static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	refuse();
	take_both(&b, &c); /* @second */
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&a);
	while (pthread_mutex_trylock(&b)) { /* @first */
		pthread_mutex_unlock(&a);
		note_refused();
		pthread_mutex_lock(&a);
	}
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&c);
	stage_reach(3);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

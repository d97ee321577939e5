/*
 * Tries b until it gets it, and goes on holding a: that is waiting (POSIX pthread_mutex_trylock
 * fails for as long as another thread has b). Who has b and wants a never gives it back then.
 */
/* EXPECT lock-order potential first second */
/* SAYS again and again */
/* ACQUISITIONS 5 */
#include "try_again.h"

static void *one(void *argument)
{
	refuse();
	take_both(&b, &a); /* @second */
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&a);
	while (pthread_mutex_trylock(&b)) /* @first */
		note_refused();
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(3);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

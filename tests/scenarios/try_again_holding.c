/*
 * Tries b until it gets it, and goes on holding a: that is waiting (POSIX pthread_mutex_trylock
 * fails for as long as another thread has b). Who has b and wants a never gives it back then.
 */
/* EXPECT lock-order potential first second */
/* SAYS again and again */
/* ACQUISITIONS 5 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int refused;

/* Has b when the other side first asks for it, and until that was refused five times. */
static void *one(void *argument)
{
	pthread_mutex_lock(&b);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_unlock(&b);
	stage_await(3);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static void note_refused(void)
{
	if (++refused == 5)
		stage_reach(2);
	usleep(100);
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

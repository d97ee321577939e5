/*
 * try_again_holding.c with a reader that tries until the writer is gone.
 */
/* EXPECT lock-order potential first second */
/* SAYS again and again */
/* ACQUISITIONS 5 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t b = PTHREAD_RWLOCK_INITIALIZER;
static int refused;

/* Has b when the other side first asks for it, and until that was refused five times. */
static void *one(void *argument)
{
	pthread_rwlock_wrlock(&b);
	stage_reach(1);
	stage_await(2);
	pthread_rwlock_unlock(&b);
	stage_await(3);
	pthread_rwlock_wrlock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_rwlock_unlock(&b);
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
	while (pthread_rwlock_tryrdlock(&b)) /* @first */
		note_refused();
	pthread_rwlock_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(3);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

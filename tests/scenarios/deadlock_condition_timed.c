/*
 * A condition wait with a time limit, which is up. It takes its mutex again all the same (POSIX,
 * pthread_cond_timedwait), and has no limit for that. Who has the mutex wants what the waiter kept.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed outer wait own want */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;

static void *waiter(void *argument)
{
	struct timespec until;

	pthread_mutex_lock(&a); /* @outer */
	pthread_mutex_lock(&m);
	meet(2);
	until = soon(CLOCK_REALTIME, 100);
	while (pthread_cond_timedwait(&c, &m, &until) == 0) /* @wait */
		;
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *other(void *argument)
{
	meet(2);
	pthread_mutex_lock(&m); /* @own */
	pthread_mutex_lock(&a); /* @want */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(waiter, other);
	return 0;
}

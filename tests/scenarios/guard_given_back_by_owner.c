/*
 * Who creates a thread and joins it has gate from before until after, and the other side of the
 * inversion takes gate, too: so only one of them can be there at a time.
 */
/* EXPECT lock-order discharged gate-lock forth back */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;

static void *guarded(void *argument)
{
	pthread_mutex_lock(&first);
	pthread_mutex_lock(&second); /* @forth */
	pthread_mutex_unlock(&second);
	pthread_mutex_unlock(&first);
	stage_reach(3);
	return argument;
}

static void *creator(void *argument)
{
	pthread_mutex_lock(&gate);
	stage_reach(1);
	stage_await(2);
	finish(start(guarded, NULL));
	pthread_mutex_unlock(&gate);
	return argument;
}

static void *other(void *argument)
{
	stage_await(3);
	pthread_mutex_lock(&gate);
	pthread_mutex_lock(&second);
	pthread_mutex_lock(&first); /* @back */
	pthread_mutex_unlock(&first);
	pthread_mutex_unlock(&second);
	pthread_mutex_unlock(&gate);
	return argument;
}

int main(void)
{
	pthread_t a = start(creator, NULL), b = start(other, NULL);

	stage_await(1);
	stage_reach(2);
	finish(a);
	finish(b);
	return 0;
}

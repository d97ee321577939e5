/*
 * Both sides of the inversion take gate first, and the worker gives it back itself, when it is
 * through: so only one of them can be there at a time.
 */
/* EXPECT lock-order discharged gate-lock forth back */
#include "scenario.h"

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t second = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&gate);
	stage_reach(1);
	stage_await(2);
	pthread_mutex_lock(&first);
	pthread_mutex_lock(&second); /* @forth */
	pthread_mutex_unlock(&second);
	pthread_mutex_unlock(&first);
	pthread_mutex_unlock(&gate);
	stage_reach(3);
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
	pthread_t a = start(worker, NULL), b = start(other, NULL);

	stage_await(1);
	stage_reach(2);
	finish(a);
	finish(b);
	return 0;
}

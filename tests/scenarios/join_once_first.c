/* The near miss of join_once.c: other calls the once before it takes m. */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_t thread;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void initialise(void)
{
	pthread_join(thread, NULL);
}

static void *one(void *argument)
{
	pthread_once(&once, initialise);
	return argument;
}

static void *other(void *argument)
{
	pthread_once(&once, initialise);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	thread = start(worker, NULL);
	run_two(one, other);
	return 0;
}

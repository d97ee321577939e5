/*
 * The initialiser creates the thread that calls the once with m held, and takes m itself after
 * that. It is the creator's creation that comes before the thread, not the end of the initialiser:
 * the thread can come, with m, while the initialiser still has to take m.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_t created;

static void initialise(void);

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	pthread_once(&once, initialise); /* @second */
	pthread_mutex_unlock(&m);
	return argument;
}

static void initialise(void)
{
	created = start(two, NULL);
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
	stage_reach(1);
}

int main(void)
{
	pthread_once(&once, initialise);
	finish(created);
	return 0;
}

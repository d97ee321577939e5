/*
 * The initialiser writes under l; another thread calls the once while it reads under l. A writer
 * waits for readers, and the reader would wait for the initialiser.
 */
/* EXPECT lock-order feasible first first-hold second second-hold */
#include "scenario.h"

static pthread_rwlock_t l = PTHREAD_RWLOCK_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialise(void)
{
	pthread_rwlock_wrlock(&l); /* @first */
	pthread_rwlock_unlock(&l);
}

static void *one(void *argument)
{
	pthread_once(&once, initialise); /* @first-hold */
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_rwlock_rdlock(&l);	 /* @second-hold */
	pthread_once(&once, initialise); /* @second */
	pthread_rwlock_unlock(&l);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

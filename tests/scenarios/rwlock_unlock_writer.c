/*
 * The near miss of rwlock_unlock_not_writer.c: the writer unlocks.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

static void *worker(void *argument)
{
	pthread_rwlock_wrlock(&lock);
	stage_reach(1);
	stage_await(2);
	pthread_rwlock_unlock(&lock);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	stage_reach(2);
	finish(thread);
	return 0;
}

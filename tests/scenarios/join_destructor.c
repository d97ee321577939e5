/*
 * worker takes m in the destructor of its thread-specific data. Destructors run before the thread
 * terminates (POSIX pthread_key_create), so the join waits for them, too.
 */
/* EXPECT join-order feasible hold join take */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_key_t key;

static void drop(void *value)
{
	(void)value;
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	stage_reach(1);
}

static void *worker(void *argument)
{
	pthread_setspecific(key, &m);
	return argument;
}

int main(void)
{
	pthread_t thread;

	CHECK(pthread_key_create(&key, drop) == 0);
	thread = start(worker, NULL);
	stage_await(1);
	pthread_mutex_lock(&m);	    /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_mutex_unlock(&m);
	return 0;
}

/*
 * main cancels worker and joins it with m held; the clean-up handler of worker takes m. POSIX
 * pthread_cancel: the handlers run before the thread terminates.
 */
/* EXPECT join-order feasible hold join take */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void clean(void *argument)
{
	(void)argument;
	pthread_mutex_lock(&m); /* @take */
	pthread_mutex_unlock(&m);
	stage_reach(1);
}

static void *worker(void *argument)
{
	pthread_cleanup_push(clean, NULL);
	for (;;)
		pause();
	pthread_cleanup_pop(0);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	pthread_cancel(thread);
	stage_await(1);
	pthread_mutex_lock(&m);	    /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_mutex_unlock(&m);
	return 0;
}

/*
 * A worker creates a child, and joins it with a held; the child takes a. main joins the worker with
 * nothing held, and has no part in it.
 */
/* EXPECT join-order feasible hold join take */
/* SAYS parent joins child while holding a, which child takes at join_by_worker.c: */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;

static void *child(void *argument)
{
	pthread_mutex_lock(&a); /* @take */
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *parent(void *argument)
{
	pthread_t thread = start(child, NULL);

	stage_await(1);
	pthread_mutex_lock(&a);	    /* @hold */
	pthread_join(thread, NULL); /* @join */
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	finish(start(parent, NULL));
	return 0;
}

/* The near miss of join_by_worker.c: the parent gives a back before it joins its child. */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;

static void *child(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *parent(void *argument)
{
	pthread_t thread;

	pthread_mutex_lock(&a);
	thread = start(child, NULL);
	pthread_mutex_unlock(&a);
	pthread_join(thread, NULL);
	return argument;
}

int main(void)
{
	finish(start(parent, NULL));
	return 0;
}

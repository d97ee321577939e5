/* A worker returns early and keeps its lock: nobody can release it any more. */
/* EXPECT exit-holding misuse cause */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m); /* @cause */
	if (!argument)
		return NULL;
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	finish(start(worker, NULL));
	return 0;
}

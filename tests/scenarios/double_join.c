/* Two places join the same thread, one after the other. */
/* EXPECT double-join misuse act cause */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	pthread_join(thread, NULL); /* @cause */
	pthread_join(thread, NULL); /* @act */
	return 0;
}

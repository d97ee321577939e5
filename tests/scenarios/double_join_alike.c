/* Twenty threads that are alike are detached when they have ended; the last one is joined then. */
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
	pthread_t thread = pthread_self();

	for (int round = 0; round < 20; round++) {
		thread = start(worker, NULL);
		usleep(20000);
		pthread_detach(thread); /* @cause */
	}
	pthread_join(thread, NULL); /* @act */
	return 0;
}

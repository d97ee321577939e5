/*
 * Five threads, all alike, are detached when they have ended; the last one twice. The handle says
 * nothing of a thread that was created after that, on the record of an earlier one.
 */
/* EXPECT double-join misuse twice first */
/* THREADS 7 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;

static void *run(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	stage_advance();
	return argument;
}

int main(void)
{
	pthread_t thread = 0;

	for (int i = 0; i < 5; i++) {
		thread = start(run, NULL);
		stage_await(i + 1);
		usleep(20000);
		CHECK(pthread_detach(thread) == 0); /* @first */
	}
	pthread_detach(thread); /* @twice */
	finish(start(run, NULL));
	return 0;
}

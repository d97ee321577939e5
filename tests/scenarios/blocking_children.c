/*
 * Another program runs for 200 ms while a lock is held: system waits for it.
 */
/* EXPECT blocking-under-lock misuse call held */
/* PROCESSES >=1 */
/* ALLOW incomplete */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *other(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	pthread_mutex_lock(&m);			      /* @held */
	CHECK(system("sleep 0.2; exit 3") == 3 << 8); /* @call */
	pthread_mutex_unlock(&m);
	finish(start(other, NULL));
	return 0;
}

/*
 * A hundred detached threads, all alike, take a, b, then b, c, then c, a. Three of them can wait
 * for each other. That they run one after the other is no order: nobody joins them.
 */
/* EXPECT lock-order feasible first second third */
/* THREADS 101 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *run(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&c); /* @second */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	pthread_mutex_lock(&c);
	pthread_mutex_lock(&a); /* @third */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&c);
	stage_advance();
	return argument;
}

int main(void)
{
	for (int round = 0; round < 100; round++) {
		CHECK(pthread_detach(start(run, NULL)) == 0);
		stage_await(round + 1);
	}
	return 0;
}

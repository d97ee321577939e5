/*
 * A pthread_create that fails makes no thread. The parent takes a, b after it, and a real thread,
 * created after that, takes b, a.
 */
/* EXPECT lock-order discharged thread-order first second */
/* THREADS 2 */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run_ba(void *argument)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	pthread_attr_t huge;
	pthread_t thread;

	CHECK(pthread_attr_init(&huge) == 0);
	CHECK(pthread_attr_setstacksize(&huge, (size_t)1 << 47) == 0);
	CHECK(pthread_create(&thread, &huge, run_ba, NULL) == EAGAIN);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	finish(start(run_ba, NULL));
	return 0;
}

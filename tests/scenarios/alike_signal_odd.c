/*
 * Of a thousand detached threads that signal, one in the middle takes b, a where the others take a,
 * b. Who waits for the signal does so for each of them, but nobody joins: two may still run.
 */
/* EXPECT lock-order potential first second */
/* THREADS 1001 */
#include "signalling_threads.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *run(void *argument)
{
	tell();
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @second */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *odd(void *argument)
{
	stage_await(1);
	tell();
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @first */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	for (int i = 0; i < 1000; i++) {
		run_detached(i == 800 ? odd : run, NULL);
		if (i == 800)
			usleep(20000);
		stage_reach(i >= 800);
		await_running(0);
		if (i >= 799)
			usleep(1000);
	}
	usleep(20000);
	return 0;
}

/*
 * The near miss of self_join.c: the worker joins another thread than itself, if it is the first
 * one, which has ended by pthread_exit. POSIX has any thread join any other.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_t main_thread;

static void *worker(void *argument)
{
	CHECK(pthread_join(main_thread, NULL) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	exit(0);
	return argument;
}

int main(void)
{
	pthread_t thread;

	main_thread = pthread_self();
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(pthread_create(&thread, NULL, worker, NULL) == 0);
	CHECK(pthread_detach(thread) == 0);
	pthread_exit(NULL);
}

/*
 * The near miss of deadlock_main_gone.c: the main thread has ended through pthread_exit, one thread
 * waits for another, and that one only takes its time. The last to end ends the process (POSIX).
 */
/* EXPECT none */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&m);
	meet(2);
	nap(300);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *two(void *argument)
{
	meet(2);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	CHECK(pthread_detach(start(one, NULL)) == 0);
	CHECK(pthread_detach(start(two, NULL)) == 0);
	pthread_exit(NULL);
}

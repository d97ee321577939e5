/*
 * The main thread has ended through pthread_exit; the process lives as long as another thread does
 * (POSIX, pthread_exit), and the other two wait for each other.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
/* THREADS 3 */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_t main_thread;

static void *one(void *argument)
{
	CHECK(pthread_join(main_thread, NULL) == 0);
	pthread_mutex_lock(&a);
	meet(2);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	meet(2);
	pthread_mutex_lock(&a); /* @two */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	main_thread = pthread_self();
	CHECK(pthread_detach(start(one, NULL)) == 0);
	CHECK(pthread_detach(start(two, NULL)) == 0);
	pthread_exit(NULL);
}

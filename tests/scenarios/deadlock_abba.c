/*
 * The deadlock of two mutexes: each thread has its first when it asks for its second, which the
 * other has. pthread_mutex_lock blocks until the mutex becomes available (POSIX), and neither is
 * ever given back. The main thread waits for the first of them.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one-hold one-want two-hold two-want */
/* THREADS 3 */
/* PROCESSES 1 */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a); /* @one-hold */
	meet(2);
	pthread_mutex_lock(&b); /* @one-want */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b); /* @two-hold */
	meet(2);
	pthread_mutex_lock(&a); /* @two-want */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

/*
 * A ring of three: each thread has a mutex of its own and wants the next one's. All three meet in
 * between, so each has its own; pthread_mutex_lock blocks until the mutex is available (POSIX), and
 * none ever is.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two three */
/* THREADS 4 */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	meet(3);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	meet(3);
	pthread_mutex_lock(&c); /* @two */
	pthread_mutex_unlock(&c);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *three(void *argument)
{
	pthread_mutex_lock(&c);
	meet(3);
	pthread_mutex_lock(&a); /* @three */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&c);
	return argument;
}

int main(void)
{
	pthread_t third = start(three, NULL);

	run_two(one, two);
	finish(third);
	return 0;
}

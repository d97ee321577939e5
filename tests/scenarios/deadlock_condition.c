/*
 * A condition wait takes its mutex again at the end (POSIX, pthread_cond_wait), and has kept
 * another lock meanwhile. Who signalled has the mutex and wants that other lock: the waiter was
 * woken, and waits for the mutex now.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed outer wait own want */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;
static bool ready;

static void *waiter(void *argument)
{
	pthread_mutex_lock(&a); /* @outer */
	pthread_mutex_lock(&m);
	meet(2);
	while (!ready)
		pthread_cond_wait(&c, &m); /* @wait */
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *signaller(void *argument)
{
	meet(2);
	pthread_mutex_lock(&m); /* @own */
	ready = true;
	pthread_cond_signal(&c);
	pthread_mutex_lock(&a); /* @want */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(waiter, signaller);
	return 0;
}

/*
 * A flag in a library keeps two threads apart: it is made of an atomic word and futex calls. No
 * deadlock can happen. The library takes no lock and calls nobody, so it is on no stack that is
 * recorded, and nobody has to sleep in it: what shows is that it was loaded.
 */
/* EXPECT lock-order potential first second */
/* SAYS but libunseen_library_linked.so has waits in futexes of its own */
#include "scenario.h"

void flag_raise(void);
void flag_await(void);

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void *first(void *unused)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	flag_raise();
	stage_reach(1);
	return unused;
}

static void *second(void *unused)
{
	stage_await(1);
	flag_await();
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return unused;
}

int main(void)
{
	run_two(first, second);
	return 0;
}

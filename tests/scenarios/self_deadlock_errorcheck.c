/*
 * The near miss of self_deadlock.c in the type of the mutex: an error-checking one refuses its
 * owner with EDEADLK (POSIX, pthread_mutex_lock).
 */
/* EXPECT none */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_ERRORCHECK_MUTEX_INITIALIZER_NP;

static void flush_all(void)
{
	if (pthread_mutex_lock(&m) == 0)
		pthread_mutex_unlock(&m);
}

int main(void)
{
	pthread_mutex_lock(&m);
	flush_all();
	pthread_mutex_unlock(&m);
	return 0;
}

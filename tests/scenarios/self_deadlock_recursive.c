/* The near miss of self_deadlock.c in the type of the mutex: a recursive one lets its owner in. */
/* EXPECT none */
#include "hang.h"

static pthread_mutex_t m = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

static void flush_all(void)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
}

int main(void)
{
	pthread_mutex_lock(&m);
	flush_all();
	pthread_mutex_unlock(&m);
	return 0;
}

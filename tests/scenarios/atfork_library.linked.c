/*
 * A library that protects its state over a fork, and says so in its constructor, as allocators do.
 */
#include "scenario.h"

static pthread_mutex_t state = PTHREAD_MUTEX_INITIALIZER;

int library_there(void);

static void take(void)
{
	pthread_mutex_lock(&state);
}

static void give(void)
{
	pthread_mutex_unlock(&state);
}

__attribute__((constructor)) static void early(void)
{
	CHECK(pthread_atfork(take, give, give) == 0);
}

int library_there(void)
{
	take();
	give();
	return 1;
}

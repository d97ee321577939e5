/* Each call on a destroyed mutex, a second destruction among them. */
/* EXPECT use-after-destroy misuse try gone */
/* EXPECT use-after-destroy misuse timed gone */
/* EXPECT use-after-destroy misuse unlock gone */
/* EXPECT use-after-destroy misuse destroy gone */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void try(void)
{
	pthread_mutex_trylock(&m); /* @try */
}

static void timed(void)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	pthread_mutex_timedlock(&m, &until); /* @timed */
}

static void unlock(void)
{
	pthread_mutex_unlock(&m); /* @unlock */
}

static void destroy(void)
{
	pthread_mutex_destroy(&m); /* @destroy */
}

int main(void)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	pthread_mutex_destroy(&m); /* @gone */
	try();
	timed();
	unlock();
	destroy();
	return 0;
}

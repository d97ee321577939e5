/* As blocking_cond, but nothing is held except the mutex that the wait gives back. */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

int main(void)
{
	const struct timespec until = soon(CLOCK_REALTIME, 500);

	pthread_mutex_lock(&m);
	while (pthread_cond_timedwait(&cond, &m, &until) != ETIMEDOUT)
		;
	pthread_mutex_unlock(&m);
	return 0;
}

/* Each call on a destroyed mtx_t, and a signal to a destroyed cnd_t. */
/* EXPECT use-after-destroy misuse try gone */
/* EXPECT use-after-destroy misuse timed gone */
/* EXPECT use-after-destroy misuse unlock gone */
/* EXPECT use-after-destroy misuse signal cond_gone */
/* ACQUISITIONS >=0 */
#include "scenario.h"
#include <threads.h>

static mtx_t m;
static cnd_t c;

static void try(void)
{
	mtx_trylock(&m); /* @try */
}

static void timed(void)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	mtx_timedlock(&m, &until); /* @timed */
}

static void unlock(void)
{
	mtx_unlock(&m); /* @unlock */
}

int main(void)
{
	mtx_init(&m, mtx_timed);
	cnd_init(&c);
	mtx_destroy(&m); /* @gone */
	cnd_destroy(&c); /* @cond_gone */
	try();
	timed();
	unlock();
	cnd_signal(&c); /* @signal */
	return 0;
}

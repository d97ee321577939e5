/* The near miss of c11_once.c: the second thread has been through the once before. */
/* EXPECT none */
/* OUTPUT 1 */
#include "scenario_c11.h"

static mtx_t m;
static once_flag once = ONCE_FLAG_INIT;
static int runs;

static void initialise(void)
{
	runs++;
	mtx_lock(&m);
	mtx_unlock(&m);
}

static int both(void *argument)
{
	(void)argument;
	call_once(&once, initialise);
	mtx_lock(&m);
	call_once(&once, initialise);
	mtx_unlock(&m);
	return 0;
}

int main(void)
{
	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	c11_two(both, both);
	printf("%d\n", runs);
	return 0;
}

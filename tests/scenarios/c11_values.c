/*
 * What threads return must arrive as it was: an int, negative ones too, by return and by thrd_exit;
 * thrd_join may be told not to give it (C11 7.26.5.6).
 */
/* EXPECT none */
/* THREADS 4 */
/* OUTPUT -7 2147483647 */
#include "scenario_c11.h"
#include <limits.h>

static mtx_t m;

static int returns(void *argument)
{
	mtx_lock(&m);
	mtx_unlock(&m);
	return *(int *)argument;
}

static int exits(void *argument)
{
	mtx_lock(&m);
	mtx_unlock(&m);
	thrd_exit(*(int *)argument);
}

int main(void)
{
	int seven = -7, most = INT_MAX, first, second;
	thrd_t threads[3];

	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	threads[0] = c11_start(returns, &seven);
	threads[1] = c11_start(exits, &most);
	threads[2] = c11_start(returns, &most);
	CHECK(thrd_join(threads[0], &first) == thrd_success);
	CHECK(thrd_join(threads[1], &second) == thrd_success);
	CHECK(thrd_join(threads[2], NULL) == thrd_success);
	printf("%d %d\n", first, second);
	return 0;
}

/*
 * thrd_join with a mutex held that the thread needs, and call_once in between: the thread runs an
 * initialiser, which wants the mutex (C11 7.26.5.6, 7.26.2.1).
 */
/* HANGS */
/* EXPECT deadlock-cycle observed own join want */
#include "hang.h"
#include "scenario_c11.h"

static mtx_t m;
static once_flag once = ONCE_FLAG_INIT;

static void load(void)
{
	mtx_lock(&m); /* @want */
	mtx_unlock(&m);
}

static int worker(void *argument)
{
	(void)argument;
	meet(2);
	call_once(&once, load);
	return 0;
}

int main(void)
{
	thrd_t thread;

	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	thread = c11_start(worker, NULL);
	mtx_lock(&m); /* @own */
	meet(2);
	thrd_join(thread, NULL); /* @join */
	mtx_unlock(&m);
	return 0;
}

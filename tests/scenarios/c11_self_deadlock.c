/*
 * A plain mutex locked by who has it: C11 7.26.4.3 forbids it for mutexes that are not recursive;
 * glibc waits for ever.
 */
/* HANGS */
/* EXPECT self-deadlock observed first again */
/* EXPECT relock misuse first again */
#include "hang.h"
#include "scenario_c11.h"

static mtx_t m;

int main(void)
{
	CHECK(mtx_init(&m, mtx_plain) == thrd_success);
	mtx_lock(&m); /* @first */
	mtx_lock(&m); /* @again */
	mtx_unlock(&m);
	mtx_unlock(&m);
	return 0;
}

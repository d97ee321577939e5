/* The near miss of llvm_critical_order.c: the one with the name is always the outer one. */
/* EXPECT none */
/* LOCK critical(named) */
/* ACQUISITIONS 4 */
#include "scenario.h"

#include "llvm_openmp.h"

static int named[8] SECTION("named"), unnamed[8] SECTION("");

static void *take_both(void *unused)
{
	ENTER(named);
	ENTER(unnamed);
	LEAVE(unnamed);
	LEAVE(named);
	return unused;
}

int main(void)
{
	pthread_t threads[] = {start(take_both, NULL), start(take_both, NULL)};

	finish(threads[0]);
	finish(threads[1]);
	return 0;
}

/*
 * Critical sections of OpenMP inside of each other, in opposite orders, as clang compiles them: one
 * with a name, the other with none. They are locks, and the deadlock can happen.
 */
/* EXPECT lock-order feasible first second */
/* LOCK critical(named) */
/* LOCK unnamed critical */
/* ACQUISITIONS 4 */
#include "scenario.h"

#include "llvm_openmp.h"

static int named[8] SECTION("named"), unnamed[8] SECTION("");

static void *first(void *unused)
{
	ENTER(named);
	ENTER_WITH_HINT(unnamed); /* @first */
	LEAVE(unnamed);
	LEAVE(named);
	stage_reach(1);
	return unused;
}

static void *second(void *unused)
{
	stage_await(1);
	ENTER(unnamed);
	ENTER(named); /* @second */
	LEAVE(named);
	LEAVE(unnamed);
	return unused;
}

int main(void)
{
	pthread_t threads[] = {start(first, NULL), start(second, NULL)};

	finish(threads[0]);
	finish(threads[1]);
	return 0;
}

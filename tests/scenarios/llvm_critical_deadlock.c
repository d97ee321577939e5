/* Two threads in a critical section of OpenMP each, as clang compiles them, that want to come into
 * the other's: they spin for ever, and main, which joins them, sleeps. */
/* HANGS 1 */
/* EXPECT deadlock-cycle observed first second */
#include "hang.h"

#include "llvm_openmp.h"

static int named[8] SECTION("named"), unnamed[8] SECTION("");

static void *first(void *unused)
{
	ENTER(named);
	meet(2);
	ENTER(unnamed); /* @first */
	LEAVE(unnamed);
	LEAVE(named);
	return unused;
}

static void *second(void *unused)
{
	ENTER(unnamed);
	meet(2);
	ENTER_WITH_HINT(named); /* @second */
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

/*
 * A thread has locked a file and ended. The lock is not the thread's but the open file's
 * (flock(2)), and that stays open: so another thread, which has opened the file itself, waits for
 * ever.
 */
/* HANGS */
/* EXPECT hang observed want cause */
/* SAYS which taker held when it ended */
#include "file_scenario.h"
#include "hang.h"

static void *taker(void *argument)
{
	CHECK(flock(open_file("data"), LOCK_EX) == 0); /* @cause */
	return argument;
}

static void *waiter(void *argument)
{
	CHECK(flock(open_file("data"), LOCK_EX) == 0); /* @want */
	return argument;
}

int main(void)
{
	finish(start(taker, NULL));
	finish(start(waiter, NULL));
	return 0;
}

/* As stdio_unlock_not_owner, but each thread unlocks what it has locked itself, as often. */
/* EXPECT none */
#include "scenario.h"

static void *worker(void *argument)
{
	flockfile(stdout);
	flockfile(stdout);
	stage_reach(1);
	turn_await(1);
	funlockfile(stdout);
	funlockfile(stdout);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	CHECK(ftrylockfile(stdout) != 0);
	turn_pass(1);
	flockfile(stdout);
	funlockfile(stdout);
	finish(thread);
	return 0;
}

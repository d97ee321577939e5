/*
 * The near miss of hang_file_handed_over.c: the main thread gives the lock back, after longer than
 * hang_timeout.
 */
/* EXPECT none */
#include "file_scenario.h"
#include "hang.h"

static int first, second;

static void *give_back(void *fd)
{
	CHECK(flock(*(int *)fd, LOCK_UN) == 0);
	return NULL;
}

static void *take(void *fd)
{
	CHECK(flock(*(int *)fd, LOCK_EX) == 0);
	return NULL;
}

static void hand_over(int *fd)
{
	CHECK(flock(*fd, LOCK_EX) == 0);
	finish(start(give_back, fd));
}

int main(void)
{
	pthread_t thread;

	first = open_file("data");
	second = open_file("data");
	take_a_lock();
	hand_over(&first);
	hand_over(&second);
	finish(start(take, &first));
	thread = start(take, &second);
	nap(3500);
	CHECK(flock(first, LOCK_UN) == 0);
	finish(thread);
	return 0;
}

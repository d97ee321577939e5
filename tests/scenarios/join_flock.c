/*
 * main has a file locked and joins worker, which locks the same file through an open file of its
 * own before it ends: if main comes first, worker waits for main's lock, and main for worker's end.
 */
/* EXPECT join-order feasible hold join take */
#include "file_scenario.h"

static void *worker(void *argument)
{
	int fd = open_file("data");

	CHECK(flock(fd, LOCK_EX) == 0); /* @take */
	CHECK(flock(fd, LOCK_UN) == 0);
	stage_reach(1);
	return argument;
}

int main(void)
{
	int fd = open_file("data");
	pthread_t thread = start(worker, NULL);

	stage_await(1);
	CHECK(flock(fd, LOCK_EX) == 0); /* @hold */
	pthread_join(thread, NULL);	/* @join */
	CHECK(flock(fd, LOCK_UN) == 0);
	return 0;
}

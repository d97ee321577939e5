/* The near miss of join_flock.c: worker uses main's open file, which has the lock. */
/* EXPECT none */
#include "file_scenario.h"

static int fd;

static void *worker(void *argument)
{
	CHECK(flock(fd, LOCK_EX) == 0);
	CHECK(flock(fd, LOCK_UN) == 0);
	stage_reach(1);
	return argument;
}

int main(void)
{
	pthread_t thread;

	fd = open_file("data");
	thread = start(worker, NULL);
	stage_await(1);
	CHECK(flock(fd, LOCK_EX) == 0);
	pthread_join(thread, NULL);
	CHECK(flock(fd, LOCK_UN) == 0);
	return 0;
}

/*
 * main has a file locked and joins worker, which waits for that lock through an open file of its
 * own (flock(2)).
 */
/* HANGS */
/* EXPECT deadlock-cycle observed join take */
#include "file_scenario.h"
#include "hang.h"

static void *worker(void *argument)
{
	int fd = open_file("data");

	CHECK(flock(fd, LOCK_EX) == 0); /* @take */
	CHECK(flock(fd, LOCK_UN) == 0);
	return argument;
}

int main(void)
{
	int fd = open_file("data");
	pthread_t thread;

	CHECK(flock(fd, LOCK_EX) == 0);
	thread = start(worker, NULL);
	pthread_join(thread, NULL); /* @join */
	CHECK(flock(fd, LOCK_UN) == 0);
	return 0;
}

/*
 * Two threads with open files of their own have a shared flock, and both turn it into an exclusive
 * one. The old lock is removed first and the new one asked for then (flock(2)): so neither keeps
 * its shared lock as it waits.
 */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "file_scenario.h"
#include "hang.h"

static void *work(void *argument)
{
	int fd = open_file("data");

	CHECK(flock(fd, LOCK_SH) == 0);
	meet(2);
	CHECK(flock(fd, LOCK_EX) == 0);
	CHECK(flock(fd, LOCK_UN) == 0);
	return argument;
}

int main(void)
{
	run_two(work, work);
	return 0;
}

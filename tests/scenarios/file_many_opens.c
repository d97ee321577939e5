/*
 * A lock file that is opened, locked and closed again and again, as a mail program does, by two
 * threads: a trace does not grow with that.
 */
/* EXPECT none */
/* ACQUISITIONS 10000 */
/* DROPPED 0 */
/* TRACE <=1024 */
#include "file_scenario.h"

static void *work(void *argument)
{
	for (int i = 0; i < 5000; i++) {
		int fd = open_file("data");

		CHECK(flock(fd, LOCK_EX) == 0);
		CHECK(close(fd) == 0);
	}
	return argument;
}

int main(void)
{
	run_two(work, work);
	return 0;
}

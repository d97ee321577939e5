/* The near miss of file_flock.c: the same order in both processes. */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "file_scenario.h"

static void work(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
	CHECK(flock(a, LOCK_UN) == 0);
}

int main(void)
{
	return run_apart(work, work);
}

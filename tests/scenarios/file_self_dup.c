/*
 * The near miss of file_self_deadlock.c: the second descriptor is a duplicate of the first. They
 * are one open file, which has the lock already (flock(2)).
 */
/* EXPECT none */
/* ACQUISITIONS 1 */
#include "file_scenario.h"

int main(void)
{
	int one = open_file("data"), other = dup(one);

	CHECK(other >= 0);
	CHECK(flock(one, LOCK_EX) == 0);
	CHECK(flock(other, LOCK_EX) == 0);
	CHECK(flock(other, LOCK_UN) == 0);
	return 0;
}

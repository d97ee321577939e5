/* The near miss of file_self_deadlock.c: both locks are shared, and of those there may be many. */
/* EXPECT none */
/* ACQUISITIONS 2 */
#include "file_scenario.h"

int main(void)
{
	int one = open_file("data"), other = open_file("data");

	CHECK(flock(one, LOCK_SH) == 0);
	CHECK(flock(other, LOCK_SH) == 0);
	CHECK(flock(other, LOCK_UN) == 0);
	CHECK(flock(one, LOCK_UN) == 0);
	return 0;
}

/*
 * The near miss of file_flock.c: the first process is done with its locks before it starts the
 * second one.
 */
/* EXPECT lock-order discharged thread-order first second */
/* PROCESSES 2 */
#include "file_scenario.h"

int main(void)
{
	int a = open_file("a"), b = open_file("b");
	pid_t child;

	CHECK(flock(a, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_EX) == 0); /* @first */
	CHECK(close(b) == 0);
	CHECK(close(a) == 0);
	child = fork();
	CHECK(child >= 0);
	if (child == 0) {
		a = open_file("a");
		b = open_file("b");
		CHECK(flock(b, LOCK_EX) == 0);
		CHECK(flock(a, LOCK_EX) == 0); /* @second */
		exit(0);
	}
	return reap(child);
}

/*
 * Two processes lock two files with flock, in opposite orders. flock waits for as long as another
 * open file has the lock, and looks for no deadlock (flock(2)).
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"

static void one(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(a, LOCK_EX) == 0);
	meet_in(shared_stage, 2);
	CHECK(flock(b, LOCK_EX) == 0); /* @one */
	CHECK(flock(b, LOCK_UN) == 0);
	CHECK(flock(a, LOCK_UN) == 0);
}

static void two(void)
{
	int a = open_file("a"), b = open_file("b");

	CHECK(flock(b, LOCK_EX) == 0);
	meet_in(shared_stage, 2);
	CHECK(flock(a, LOCK_EX) == 0); /* @two */
	CHECK(flock(a, LOCK_UN) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
}

int main(void)
{
	pid_t child;

	share_stages();
	child = fork();
	if (child == 0) {
		two();
		exit(0);
	}
	one();
	return await_child(child);
}

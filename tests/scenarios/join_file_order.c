/* The near miss of join_file.c: the other process takes a first, then b. */
/* EXPECT none */
/* PROCESSES 2 */
#include "file_scenario.h"

static void *worker(void *argument)
{
	int b = open_file("b");

	CHECK(flock(b, LOCK_EX) == 0);
	CHECK(flock(b, LOCK_UN) == 0);
	shared_reach(1);
	return argument;
}

static void one(void)
{
	int a = open_file("a");
	pthread_t thread = start(worker, NULL);

	shared_await(2);
	CHECK(flock(a, LOCK_EX) == 0);
	pthread_join(thread, NULL);
	CHECK(flock(a, LOCK_UN) == 0);
}

static void two(void)
{
	int first = open_file("a"), second = open_file("b");

	shared_await(1);
	CHECK(flock(first, LOCK_EX) == 0);
	CHECK(flock(second, LOCK_EX) == 0);
	CHECK(flock(second, LOCK_UN) == 0);
	CHECK(flock(first, LOCK_UN) == 0);
	shared_reach(2);
}

int main(void)
{
	return run_apart(one, two);
}

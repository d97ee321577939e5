/*
 * One process holds the file a and joins its worker, which takes the file b; the other process
 * holds b and takes a. flock waits until no other open file has the lock: the worker for the other
 * process, that for the first one, the first one for its worker.
 */
/* EXPECT join-order potential hold join take-b hold-b take-a */
/* PROCESSES 2 */
#include "file_scenario.h"

static void *worker(void *argument)
{
	int b = open_file("b");

	CHECK(flock(b, LOCK_EX) == 0); /* @take-b */
	CHECK(flock(b, LOCK_UN) == 0);
	shared_reach(1);
	return argument;
}

static void one(void)
{
	int a = open_file("a");
	pthread_t thread = start(worker, NULL);

	shared_await(2);
	CHECK(flock(a, LOCK_EX) == 0); /* @hold */
	pthread_join(thread, NULL);    /* @join */
	CHECK(flock(a, LOCK_UN) == 0);
}

static void two(void)
{
	int first = open_file("b"), second = open_file("a");

	shared_await(1);
	CHECK(flock(first, LOCK_EX) == 0);  /* @hold-b */
	CHECK(flock(second, LOCK_EX) == 0); /* @take-a */
	CHECK(flock(second, LOCK_UN) == 0);
	CHECK(flock(first, LOCK_UN) == 0);
	shared_reach(2);
}

int main(void)
{
	return run_apart(one, two);
}

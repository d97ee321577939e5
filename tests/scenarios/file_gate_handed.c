/*
 * The near miss of file_gate_flock.c that must not be taken for none: besides, a thread locks the
 * file, and another one gives that lock back, through the open file that both use (flock(2)). What
 * that lock is to threads is not known, but each of the two sides has an open file of its own.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "file_scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static int handed;

static void *give_back(void *argument)
{
	CHECK(flock(handed, LOCK_UN) == 0);
	return argument;
}

static void *one(void *argument)
{
	int gate = open_file("gate");

	CHECK(flock(gate, LOCK_EX) == 0);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	CHECK(flock(gate, LOCK_UN) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	int gate = open_file("gate");

	stage_await(1);
	CHECK(flock(gate, LOCK_EX) == 0);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	CHECK(flock(gate, LOCK_UN) == 0);
	return argument;
}

int main(void)
{
	handed = open_file("gate");
	CHECK(flock(handed, LOCK_EX) == 0);
	finish(start(give_back, NULL));
	run_two(one, two);
	return 0;
}

/*
 * The near miss of file_gate_flock.c: both threads use one open file, so both can have its lock at
 * the same time (flock(2)): it is no gate.
 */
/* EXPECT lock-order feasible first second */
#include "file_scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int gate;

static void *one(void *argument)
{
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
	gate = open_file("gate");
	run_two(one, two);
	return 0;
}

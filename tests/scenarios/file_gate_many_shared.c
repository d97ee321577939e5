/*
 * The near miss of file_gate_many.c: a hundred threads that run beside each other have the file
 * locked shared, each through an open file of its own, before two lock it alone, around two mutexes
 * that they take in opposite orders. That others shared the lock does not make it less of a gate.
 */
/* EXPECT lock-order discharged gate-lock first second */
/* DROPPED 0 */
#include "file_scenario.h"
#include "hang.h"

enum { READERS = 100 };

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *share(void *argument)
{
	int gate = open_file("gate");

	CHECK(flock(gate, LOCK_SH) == 0);
	meet(READERS);
	CHECK(flock(gate, LOCK_UN) == 0);
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
	CHECK(close(gate) == 0);
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
	CHECK(close(gate) == 0);
	return argument;
}

int main(void)
{
	pthread_t readers[READERS];

	for (int i = 0; i < READERS; i++)
		readers[i] = start(share, NULL);
	for (int i = 0; i < READERS; i++)
		finish(readers[i]);
	run_two(one, two);
	return 0;
}

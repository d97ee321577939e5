/*
 * The near miss of file_gate_inherited.c: both threads of the child use what it has inherited,
 * which is one open file, and no gate.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static int inherited;

static void *one(void *argument)
{
	int gate = inherited;

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
	int gate = inherited;

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
	pid_t child;

	inherited = open_file("gate");
	child = fork();
	if (child == 0) {
		run_two(one, two);
		exit(0);
	}
	return reap(child);
}

/*
 * The near miss of file_gate_threads.c: the record lock is one for open files, and each thread has
 * opened the file for itself. Only one of them has the lock at a time (fcntl(2)).
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "file_scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	int gate = open_file("gate");

	CHECK(lock_byte(gate, F_OFD_SETLKW, F_WRLCK, 0) == 0);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	CHECK(lock_byte(gate, F_OFD_SETLKW, F_UNLCK, 0) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	int gate = open_file("gate");

	stage_await(1);
	CHECK(lock_byte(gate, F_OFD_SETLKW, F_WRLCK, 0) == 0);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	CHECK(lock_byte(gate, F_OFD_SETLKW, F_UNLCK, 0) == 0);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

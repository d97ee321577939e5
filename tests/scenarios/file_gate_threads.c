/*
 * A record lock around both sides is no gate for the threads of one process: it belongs to the
 * process, and whoever asks for it there has it (POSIX, fcntl). The mutexes inside can deadlock.
 */
/* EXPECT lock-order feasible first second */
#include "file_scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int gate;

static void *one(void *argument)
{
	CHECK(lock_byte(gate, F_SETLKW, F_WRLCK, 0) == 0);
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	CHECK(lock_byte(gate, F_SETLKW, F_UNLCK, 0) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(lock_byte(gate, F_SETLKW, F_WRLCK, 0) == 0);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	CHECK(lock_byte(gate, F_SETLKW, F_UNLCK, 0) == 0);
	return argument;
}

int main(void)
{
	gate = open_file("gate");
	run_two(one, two);
	return 0;
}

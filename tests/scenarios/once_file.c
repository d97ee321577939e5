/*
 * The initialiser locks a record of a file; another thread of the process calls the once with that
 * record locked. Record locks belong to the process (POSIX fcntl): its threads do not wait for
 * them.
 */
/* EXPECT none */
#include "file_scenario.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int file;

static void initialise(void)
{
	CHECK(lock_byte(file, F_SETLKW, F_WRLCK, 0) == 0);
}

static void *one(void *argument)
{
	pthread_once(&once, initialise);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	CHECK(lock_byte(file, F_SETLKW, F_WRLCK, 0) == 0);
	pthread_once(&once, initialise);
	return argument;
}

int main(void)
{
	file = open_file("file");
	run_two(one, two);
	CHECK(lock_byte(file, F_SETLK, F_UNLCK, 0) == 0);
	return 0;
}

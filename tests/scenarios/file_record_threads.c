/*
 * The near miss of file_record.c: two threads of one process. Record locks belong to the process
 * and never keep out its own threads.
 */
/* EXPECT none */
#include "file_scenario.h"

static void *one(void *argument)
{
	int fd = open_file("file");

	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 0) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	int fd = open_file("file");

	stage_await(1);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 1) == 0);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

/*
 * Two threads of one process: one has a record lock of the process, the other wants that byte for
 * its open file. The two kinds conflict, also in one process and through one descriptor (fcntl(2)):
 * and the mutex is taken in the opposite order.
 */
/* EXPECT lock-order feasible first second */
#include "file_scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int fd;

static void *one(void *argument)
{
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	pthread_mutex_lock(&m); /* @first */
	pthread_mutex_unlock(&m);
	CHECK(lock_byte(fd, F_SETLKW, F_UNLCK, 0) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&m);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0); /* @second */
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_UNLCK, 0) == 0);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	fd = open_file("data");
	run_two(one, two);
	return 0;
}

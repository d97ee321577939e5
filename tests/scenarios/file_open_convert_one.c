/* The near miss of file_open_convert.c: both threads use one open file, which has all the locks. */
/* EXPECT none */
#include "file_scenario.h"
#include "hang.h"

static int fd;

static void *work(void *argument)
{
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_RDLCK, 0) == 0);
	meet(2);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0);
	meet(4);
	return argument;
}

int main(void)
{
	fd = open_file("data");
	run_two(work, work);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_UNLCK, 0) == 0);
	return 0;
}

/*
 * The near miss of deadlock_system.c: the lock is given back before the program is run.
 */
/* EXPECT none */
#include "file_scenario.h"
#include "hang.h"

int main(int argc, char **argv)
{
	char command[4096];
	int fd = open_file("data");

	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0);
	if (argc > 1)
		return 0;
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 1) == 0);
	snprintf(command, sizeof(command), "'%s' want; true", argv[0]);
	return system(command) != 0;
}

/*
 * A file is locked while a program runs that wants to lock it, too: the first one waits for the
 * shell, the shell for the program, and that for the file (system(3)).
 */
/* HANGS 1 */
/* EXPECT deadlock-cycle observed await take want */
/* PROCESSES 3 */
#include "file_scenario.h"
#include "hang.h"

int main(int argc, char **argv)
{
	char command[4096];
	int fd = open_file("data");

	if (argc > 1) {
		CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0); /* @want */
		return 0;
	}
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0); /* @take */
	snprintf(command, sizeof(command), "'%s' want; true", argv[0]);
	return system(command) != 0; /* @await */
}

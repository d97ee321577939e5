/*
 * The near miss of file_deadlock.c with record locks: of those the kernel knows who waits for whom,
 * and refuses the one that would close the circle with EDEADLK (POSIX, fcntl). Who is refused gives
 * back what it has, and the other goes on.
 */
/* EXPECT clean */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"

static void one(void)
{
	int fd = open_file("data");

	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0);
	meet_in(shared_stage, 2);
	if (lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0)
		CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 1) == 0);
	else
		CHECK(errno == EDEADLK);
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 0) == 0);
}

static void two(void)
{
	int fd = open_file("data");

	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0);
	meet_in(shared_stage, 2);
	if (lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0)
		CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 0) == 0);
	else
		CHECK(errno == EDEADLK);
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 1) == 0);
}

int main(void)
{
	pid_t child;

	share_stages();
	child = fork();
	if (child == 0) {
		two();
		exit(0);
	}
	one();
	return reap(child);
}

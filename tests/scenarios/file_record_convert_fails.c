/*
 * A process has a read lock on a byte and tries to turn it into a write lock, which fails because
 * another process reads, too: it keeps what it has (POSIX, fcntl: no lock is set). So it still
 * keeps the other from writing there when it asks for the second byte.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static void one(void)
{
	int fd = open_file("file");

	CHECK(lock_byte(fd, F_SETLKW, F_RDLCK, 0) == 0);
	shared_await(1);
	CHECK(lock_byte(fd, F_SETLK, F_WRLCK, 0) == -1 && (errno == EAGAIN || errno == EACCES));
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0); /* @first */
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 0) == 0);
	shared_reach(2);
}

static void two(void)
{
	int fd = open_file("file");

	CHECK(lock_byte(fd, F_SETLKW, F_RDLCK, 0) == 0);
	shared_reach(1);
	shared_await(2);
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 1) == 0);
	CHECK(lock_byte(fd, F_SETLKW, F_WRLCK, 0) == 0); /* @second */
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 0) == 0);
	CHECK(lock_byte(fd, F_SETLK, F_UNLCK, 1) == 0);
}

int main(void)
{
	return run_apart(one, two);
}

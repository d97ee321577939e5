/*
 * The near miss of file_deadlock.c with record locks of open files, of which the kernel looks for
 * no deadlock (fcntl(2)): a thread of one process waits for the other process, and is cancelled.
 * fcntl with a waiting command is a cancellation point (POSIX, 2.9.5); the clean-up handler gives
 * back what the thread has, so the other process goes on.
 */
/* EXPECT lock-order potential one two */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"

static int tid;

static void give_back(void *fd)
{
	CHECK(lock_byte(*(int *)fd, F_OFD_SETLK, F_UNLCK, 0) == 0);
}

static void lock_both(int fd, bool together)
{
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0);
	pthread_cleanup_push(give_back, &fd);
	if (together) {
		meet_in(shared_stage, 4);
		tell_tid(&tid);
	}
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 1) == 0); /* @one */
	CHECK(lock_byte(fd, F_OFD_SETLK, F_UNLCK, 1) == 0);
	pthread_cleanup_pop(1);
}

static void *one(void *argument)
{
	int fd = open_file("data");

	lock_both(fd, false);
	meet_in(shared_stage, 2);
	lock_both(fd, true);
	return argument;
}

static void two(void)
{
	int fd = open_file("data");

	meet_in(shared_stage, 2);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 1) == 0);
	meet_in(shared_stage, 4);
	CHECK(lock_byte(fd, F_OFD_SETLKW, F_WRLCK, 0) == 0); /* @two */
	CHECK(lock_byte(fd, F_OFD_SETLK, F_UNLCK, 0) == 0);
	CHECK(lock_byte(fd, F_OFD_SETLK, F_UNLCK, 1) == 0);
}

int main(void)
{
	pthread_t thread;
	pid_t child;

	share_stages();
	child = fork();
	if (child == 0) {
		two();
		exit(0);
	}
	thread = start(one, NULL);
	while (__atomic_load_n(&tid, __ATOMIC_ACQUIRE) == 0)
		nap(1);
	nap(1000);
	CHECK(pthread_cancel(thread) == 0);
	finish(thread);
	return reap(child);
}

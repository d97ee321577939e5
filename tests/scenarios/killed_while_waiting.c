/*
 * One process has a process-shared mutex that is not robust, and another waits for it. That one is
 * killed first: at the time, it waited for what would have been given back. The other one is killed
 * afterwards, and has the mutex still, as in hang_owner_died.c: but nobody waits any more.
 */
/* EXPECT none */
/* PROCESSES 3 */
#include "hang.h"

#include <sys/mman.h>

struct shared {
	pthread_mutex_t mutex;
	int locked, tid;
};

static struct shared *shared;

static void make_shared(void)
{
	pthread_mutexattr_t attributes;

	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(&shared->mutex, &attributes) == 0);
}

static void hold(void)
{
	pthread_mutex_lock(&shared->mutex);
	__atomic_store_n(&shared->locked, 1, __ATOMIC_RELEASE);
	for (;;)
		nap(1);
}

static void want(void)
{
	tell_tid(&shared->tid);
	pthread_mutex_lock(&shared->mutex);
	_exit(0);
}

static pid_t fork_to(void (*what)(void))
{
	pid_t child = fork();

	if (child == 0)
		what();
	return child;
}

/* Its only thread sleeps in a futex call: it has come there once it is seen there. */
static void await_asleep_process(pid_t child)
{
	char path[64], call[256] = "";
	FILE *file;

	while (atoi(call) != SYS_futex) {
		nap(1);
		snprintf(path, sizeof(path), "/proc/%d/syscall", child);
		file = fopen(path, "r");
		CHECK(file && fgets(call, sizeof(call), file));
		fclose(file);
	}
}

static void end(pid_t child)
{
	int status;

	CHECK(kill(child, SIGKILL) == 0);
	CHECK(waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status));
}

int main(void)
{
	pid_t holder, waiter;

	make_shared();
	holder = fork_to(hold);
	while (!__atomic_load_n(&shared->locked, __ATOMIC_ACQUIRE))
		nap(1);
	waiter = fork_to(want);
	while (!__atomic_load_n(&shared->tid, __ATOMIC_ACQUIRE))
		nap(1);
	await_asleep_process(waiter);
	end(waiter);
	end(holder);
	return 0;
}

/*
 * A process has a process-shared mutex that is not robust, and kills its child, which waits for it.
 * Then it ends itself and has the mutex still, as in hang_owner_exited.c: but nobody waits any
 * more.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "hang.h"

#include <sys/mman.h>

struct shared {
	pthread_mutex_t mutex;
	int tid;
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

static void want(void)
{
	tell_tid(&shared->tid);
	pthread_mutex_lock(&shared->mutex);
	_exit(0);
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
	pid_t waiter;

	make_shared();
	pthread_mutex_lock(&shared->mutex);
	waiter = fork();
	if (waiter == 0)
		want();
	while (!__atomic_load_n(&shared->tid, __ATOMIC_ACQUIRE))
		nap(1);
	await_asleep_process(waiter);
	end(waiter);
	return 0;
}

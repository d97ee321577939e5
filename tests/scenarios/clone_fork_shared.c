/*
 * The true case beside clone_fork.c: the mutexes are shared by parent and child
 * (PTHREAD_PROCESS_SHARED in memory that is mapped shared), and nothing that is recorded orders the
 * two. So each can wait for the other. (In this run the parent comes later: a flag says when.)
 */
/* EXPECT lock-order potential parent child */
// PROCESSES 2
#include "scenario.h"
#include <sched.h>
#include <sys/mman.h>

static struct {
	pthread_mutex_t locks[2];
	int done;
} * shared;
static char stack[1 << 16] __attribute__((aligned(16)));

static int work(void *argument)
{
	pthread_mutex_lock(&shared->locks[1]);
	pthread_mutex_lock(&shared->locks[0]); /* @child */
	pthread_mutex_unlock(&shared->locks[0]);
	pthread_mutex_unlock(&shared->locks[1]);
	__atomic_store_n(&shared->done, 1, __ATOMIC_RELEASE);
	return argument != NULL;
}

int main(void)
{
	pthread_mutexattr_t attributes;
	pid_t child;

	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK((void *)shared != MAP_FAILED);
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(&shared->locks[0], &attributes);
	pthread_mutex_init(&shared->locks[1], &attributes);
	child = clone(work, stack + sizeof(stack), SIGCHLD, NULL);
	CHECK(child > 0);
	while (!__atomic_load_n(&shared->done, __ATOMIC_ACQUIRE))
		usleep(1000);
	pthread_mutex_lock(&shared->locks[0]);
	pthread_mutex_lock(&shared->locks[1]); /* @parent */
	pthread_mutex_unlock(&shared->locks[1]);
	pthread_mutex_unlock(&shared->locks[0]);
	return reap(child);
}

/*
 * Shared memory of System V, attached by each process: opposite orders.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 3 */
#include "scenario.h"
#include <sys/ipc.h>
#include <sys/shm.h>

struct shared {
	pthread_mutex_t a, b;
	int stage;
};

static struct shared *shared;
static int segment;

static void make_mutex(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attributes;

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(mutex, &attributes) == 0);
}

static void make_shared(void)
{
	segment = shmget(IPC_PRIVATE, sizeof(*shared), IPC_CREAT | 0600);
	CHECK(segment >= 0);
	shared = shmat(segment, NULL, 0);
	CHECK(shared != (void *)-1);
	make_mutex(&shared->a);
	make_mutex(&shared->b);
}

static void a_then_b(void)
{
	pthread_mutex_lock(&shared->a);
	pthread_mutex_lock(&shared->b); /* @first */
	pthread_mutex_unlock(&shared->b);
	pthread_mutex_unlock(&shared->a);
	__atomic_store_n(&shared->stage, 1, __ATOMIC_RELEASE);
}

static void b_then_a(void)
{
	stage_await_in(&shared->stage, 1);
	pthread_mutex_lock(&shared->b);
	pthread_mutex_lock(&shared->a); /* @second */
	pthread_mutex_unlock(&shared->a);
	pthread_mutex_unlock(&shared->b);
}

static pid_t run(void (*body)(void))
{
	pid_t child = fork();

	if (child == 0) {
		CHECK(shmdt(shared) == 0);
		shared = shmat(segment, NULL, 0);
		CHECK(shared != (void *)-1);
		body();
		exit(0);
	}
	return child;
}

int main(void)
{
	pid_t one, two;

	make_shared();
	one = run(a_then_b);
	two = run(b_then_a);
	CHECK(reap(one) == 0);
	CHECK(reap(two) == 0);
	CHECK(shmctl(segment, IPC_RMID, NULL) == 0);
	return 0;
}

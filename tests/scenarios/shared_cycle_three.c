/*
 * Three processes, three shared mutexes, each process takes two neighbours: a circle of three.
 */
/* EXPECT lock-order potential first second third */
/* PROCESSES 4 */
#include "scenario.h"
#include <sys/mman.h>

struct shared {
	pthread_mutex_t locks[3];
	int stage;
};

static struct shared *shared;

static void make_mutex(pthread_mutex_t *mutex)
{
	pthread_mutexattr_t attributes;

	CHECK(pthread_mutexattr_init(&attributes) == 0);
	CHECK(pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(mutex, &attributes) == 0);
}

static void make_shared(void)
{
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	CHECK(shared != MAP_FAILED);
	for (int i = 0; i < 3; i++)
		make_mutex(&shared->locks[i]);
}

static __attribute__((noinline)) void take_first(pthread_mutex_t *mutex)
{
	pthread_mutex_lock(mutex); /* @first */
}

static __attribute__((noinline)) void take_second(pthread_mutex_t *mutex)
{
	pthread_mutex_lock(mutex); /* @second */
}

static __attribute__((noinline)) void take_third(pthread_mutex_t *mutex)
{
	pthread_mutex_lock(mutex); /* @third */
}

static pid_t run(int number)
{
	pthread_mutex_t *left = &shared->locks[number], *right = &shared->locks[(number + 1) % 3];
	pid_t child = fork();

	if (child)
		return child;
	stage_await_in(&shared->stage, number);
	pthread_mutex_lock(left);
	if (number == 0)
		take_first(right);
	else if (number == 1)
		take_second(right);
	else
		take_third(right);
	pthread_mutex_unlock(right);
	pthread_mutex_unlock(left);
	__atomic_store_n(&shared->stage, number + 1, __ATOMIC_RELEASE);
	exit(0);
}

int main(void)
{
	pid_t children[3];

	make_shared();
	for (int i = 0; i < 3; i++)
		children[i] = run(i);
	for (int i = 0; i < 3; i++)
		CHECK(reap(children[i]) == 0);
	return 0;
}

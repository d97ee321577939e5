/*
 * The near miss of file_gate_forked.c: the child opens the file for itself. Only one open file has
 * the lock at a time, so only one process is inside.
 */
/* EXPECT lock-order discharged gate-lock first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static int gate;
static pthread_mutex_t *locks;

static void share_locks(void)
{
	pthread_mutexattr_t shared;

	locks = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(locks != MAP_FAILED);
	CHECK(pthread_mutexattr_init(&shared) == 0);
	CHECK(pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(&locks[0], &shared) == 0);
	CHECK(pthread_mutex_init(&locks[1], &shared) == 0);
}

static void one(void)
{
	CHECK(flock(gate, LOCK_EX) == 0);
	pthread_mutex_lock(&locks[0]);
	pthread_mutex_lock(&locks[1]); /* @first */
	pthread_mutex_unlock(&locks[1]);
	pthread_mutex_unlock(&locks[0]);
	CHECK(flock(gate, LOCK_UN) == 0);
	shared_reach(1);
	shared_await(2);
}

static void two(void)
{
	CHECK(close(gate) == 0);
	gate = open_file("gate");
	shared_await(1);
	CHECK(flock(gate, LOCK_EX) == 0);
	pthread_mutex_lock(&locks[1]);
	pthread_mutex_lock(&locks[0]); /* @second */
	pthread_mutex_unlock(&locks[0]);
	pthread_mutex_unlock(&locks[1]);
	shared_reach(2);
}

int main(void)
{
	share_locks();
	gate = open_file("gate");
	return run_apart(one, two);
}

/*
 * Two processes take two mutexes in shared memory in opposite orders, inside a flock. The open file
 * is the parent's and inherited: it has one lock, which both processes have together (flock(2)). So
 * it is no gate.
 */
/* EXPECT lock-order potential first second */
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
	shared_reach(1);
	shared_await(2);
}

static void two(void)
{
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

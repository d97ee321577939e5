/* The near miss of shared_held_over_fork.c: it is the parent that locks the other one meanwhile. */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static pthread_mutex_t *locks;

static void share_mutexes(void)
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
	pthread_mutex_lock(&locks[1]); /* @first */
	pthread_mutex_unlock(&locks[1]);
	pthread_mutex_unlock(&locks[0]);
	shared_reach(1);
}

static void two(void)
{
	shared_await(1);
	pthread_mutex_lock(&locks[1]);
	pthread_mutex_lock(&locks[0]); /* @second */
	pthread_mutex_unlock(&locks[0]);
	pthread_mutex_unlock(&locks[1]);
}

int main(void)
{
	share_mutexes();
	pthread_mutex_lock(&locks[0]);
	return run_apart(one, two);
}

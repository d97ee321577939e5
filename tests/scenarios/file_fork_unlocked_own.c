/*
 * The near miss of file_fork_unlocked.c: the child unlocks its own open file, which has no lock.
 * The parent's stays (flock(2)), and each can wait for the other.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static pthread_mutex_t *m;
static int fd;

static void one(void)
{
	while (__atomic_load_n(shared_stage, __ATOMIC_ACQUIRE) < 1)
		usleep(1000);
	pthread_mutex_lock(m); /* @first */
	pthread_mutex_unlock(m);
	CHECK(flock(fd, LOCK_UN) == 0);
	shared_reach(2);
}

static void two(void)
{
	int own = open_file("data");

	CHECK(flock(own, LOCK_UN) == 0);
	shared_reach(1);
	shared_await(2);
	pthread_mutex_lock(m);
	CHECK(flock(own, LOCK_EX) == 0); /* @second */
	pthread_mutex_unlock(m);
}

int main(void)
{
	pthread_mutexattr_t shared;

	m = mmap(NULL, sizeof(*m), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(m != MAP_FAILED);
	CHECK(pthread_mutexattr_init(&shared) == 0);
	CHECK(pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(m, &shared) == 0);
	fd = open_file("data");
	CHECK(flock(fd, LOCK_EX) == 0);
	return run_apart(one, two);
}

/*
 * The near miss of shared_unlock_child.c: the parent unlocks what it locked, and the child locks it
 * before it unlocks it.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "file_scenario.h"

static pthread_mutex_t *share_mutexes(void)
{
	pthread_mutexattr_t shared;
	pthread_mutex_t *made =
		mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	CHECK(made != MAP_FAILED);
	CHECK(pthread_mutexattr_init(&shared) == 0);
	CHECK(pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(&made[0], &shared) == 0);
	CHECK(pthread_mutex_init(&made[1], &shared) == 0);
	return made;
}

int main(void)
{
	pthread_mutex_t *locks = share_mutexes();
	pid_t child;

	pthread_mutex_lock(&locks[0]);
	child = fork();
	if (child == 0) {
		pthread_mutex_lock(&locks[0]);
		pthread_mutex_unlock(&locks[0]);
		exit(0);
	}
	pthread_mutex_unlock(&locks[0]);
	return reap(child);
}

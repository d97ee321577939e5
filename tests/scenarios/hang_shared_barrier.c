/*
 * The near miss of hang_not_shared_barrier.c: the child needs a mutex first, which the parent holds
 * as it waits at the barrier. One cannot come, the other cannot go on.
 */
/* HANGS */
/* EXPECT hang observed wait lock */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"

struct shared {
	pthread_barrier_t barrier;
	pthread_mutex_t mutex;
};

static struct shared *make(void)
{
	struct shared *made = mmap(NULL, sizeof(*made), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_barrierattr_t barrier;
	pthread_mutexattr_t mutex;

	CHECK(made != MAP_FAILED);
	CHECK(pthread_barrierattr_init(&barrier) == 0);
	CHECK(pthread_barrierattr_setpshared(&barrier, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_barrier_init(&made->barrier, &barrier, 2) == 0);
	CHECK(pthread_mutexattr_init(&mutex) == 0);
	CHECK(pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(&made->mutex, &mutex) == 0);
	return made;
}

int main(void)
{
	struct shared *shared = make();
	pid_t child;

	share_stages();
	child = fork();
	if (child == 0) {
		meet_in(shared_stage, 2);
		pthread_mutex_lock(&shared->mutex); /* @lock */
		pthread_mutex_unlock(&shared->mutex);
		pthread_barrier_wait(&shared->barrier);
		_exit(0);
	}
	pthread_mutex_lock(&shared->mutex);
	meet_in(shared_stage, 2);
	pthread_barrier_wait(&shared->barrier); /* @wait */
	pthread_mutex_unlock(&shared->mutex);
	return await_child(child);
}

/*
 * The near miss of hang_not_shared_condition.c: the child ends without a signal, and nobody else
 * can reach the condition, which lies in anonymous memory.
 */
/* HANGS */
/* EXPECT hang observed wait */
/* PROCESSES 2 */
#include "file_scenario.h"
#include "hang.h"

struct shared {
	pthread_cond_t cond;
	pthread_mutex_t mutex;
	bool ready;
};

static struct shared *make(void)
{
	struct shared *made = mmap(NULL, sizeof(*made), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	pthread_condattr_t cond;
	pthread_mutexattr_t mutex;

	CHECK(made != MAP_FAILED);
	CHECK(pthread_condattr_init(&cond) == 0);
	CHECK(pthread_condattr_setpshared(&cond, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_cond_init(&made->cond, &cond) == 0);
	CHECK(pthread_mutexattr_init(&mutex) == 0);
	CHECK(pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED) == 0);
	CHECK(pthread_mutex_init(&made->mutex, &mutex) == 0);
	return made;
}

int main(void)
{
	struct shared *shared = make();
	pid_t child = fork();

	if (child == 0) {
		pthread_mutex_lock(&shared->mutex);
		pthread_mutex_unlock(&shared->mutex);
		_exit(0);
	}
	CHECK(reap(child) == 0);
	pthread_mutex_lock(&shared->mutex);
	while (!shared->ready)
		pthread_cond_wait(&shared->cond, &shared->mutex); /* @wait */
	pthread_mutex_unlock(&shared->mutex);
	return 0;
}

/*
 * As double_init_kinds, but no lock is initialised twice: each was destroyed in between, or is in
 * another object that lies where one lay that nobody destroyed, or is the child's copy.
 */
/* EXPECT none */
/* PROCESSES 2 */
#include "scenario.h"
#include <semaphore.h>

struct locks {
	pthread_rwlock_t rwlock;
	pthread_spinlock_t spin;
	sem_t sem;
	pthread_barrier_t barrier;
	pthread_cond_t cond;
};

static _Alignas(struct locks) char pool[sizeof(struct locks)];
static pthread_rwlock_t rwlock;
static sem_t sem;

static void make(struct locks *locks)
{
	pthread_rwlock_init(&locks->rwlock, NULL);
	pthread_spin_init(&locks->spin, PTHREAD_PROCESS_PRIVATE);
	sem_init(&locks->sem, 0, 0);
	pthread_barrier_init(&locks->barrier, NULL, 1);
	pthread_cond_init(&locks->cond, NULL);
	pthread_rwlock_wrlock(&locks->rwlock);
	pthread_rwlock_unlock(&locks->rwlock);
}

int main(void)
{
	struct locks *heap = malloc(sizeof(*heap));
	pid_t child;

	for (int i = 0; i < 2; i++) {
		struct locks own;

		make(&own);
		make(heap);
		make((struct locks *)pool);
		pthread_rwlock_init(&rwlock, NULL);
		pthread_rwlock_destroy(&rwlock);
		sem_init(&sem, 0, 0);
		sem_destroy(&sem);
	}
	pthread_rwlock_init(&rwlock, NULL);
	sem_init(&sem, 0, 0);
	child = fork();
	if (child == 0) {
		pthread_rwlock_init(&rwlock, NULL);
		sem_init(&sem, 0, 0);
		pthread_rwlock_rdlock(&rwlock);
		pthread_rwlock_unlock(&rwlock);
		exit(0);
	}
	free(heap);
	return reap(child);
}

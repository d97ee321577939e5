/*
 * The near miss of alike_writers.c: nobody writes b while others are there. Of the two that read
 * both, one waits for nobody.
 */
/* EXPECT lock-order discharged read-shared first second */
/* THREADS 101 */
#include "scenario.h"

static pthread_rwlock_t a, b;

static void *run(void *argument)
{
	pthread_rwlock_rdlock(&a);
	pthread_rwlock_rdlock(&b); /* @first */
	pthread_rwlock_unlock(&b);
	pthread_rwlock_unlock(&a);
	pthread_rwlock_rdlock(&b);
	pthread_rwlock_rdlock(&a); /* @second */
	pthread_rwlock_unlock(&a);
	pthread_rwlock_unlock(&b);
	pthread_rwlock_wrlock(&a);
	pthread_rwlock_unlock(&a);
	stage_advance();
	return argument;
}

int main(void)
{
	pthread_rwlockattr_t attributes;

	pthread_rwlockattr_init(&attributes);
	pthread_rwlockattr_setkind_np(&attributes, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
	pthread_rwlock_init(&a, &attributes);
	pthread_rwlock_init(&b, &attributes);
	for (int round = 0; round < 100; round++) {
		CHECK(pthread_detach(start(run, NULL)) == 0);
		stage_await(round + 1);
	}
	return 0;
}

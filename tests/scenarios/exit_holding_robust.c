/*
 * What may be held at the end: a robust mutex, whose next owner is told (EOWNERDEAD) and repairs
 * it; a mutex that a thread-specific destructor releases; and, at the end of the process, one of
 * the main thread.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t robust, late = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t kept = PTHREAD_MUTEX_INITIALIZER;
static pthread_key_t key;

static void release(void *mutex)
{
	pthread_mutex_unlock(mutex);
}

static void *worker(void *argument)
{
	pthread_mutex_lock(&robust);
	pthread_mutex_lock(&late);
	pthread_setspecific(key, &late);
	return argument;
}

int main(void)
{
	pthread_mutexattr_t attributes;

	pthread_key_create(&key, release);
	pthread_mutexattr_init(&attributes);
	pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&robust, &attributes);
	finish(start(worker, NULL));
	CHECK(pthread_mutex_lock(&robust) == EOWNERDEAD);
	CHECK(pthread_mutex_consistent(&robust) == 0);
	pthread_mutex_unlock(&robust);
	CHECK(pthread_mutex_trylock(&late) == 0);
	pthread_mutex_unlock(&late);
	pthread_mutex_lock(&kept);
	return 0;
}

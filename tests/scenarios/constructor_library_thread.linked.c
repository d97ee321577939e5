/*
 * Takes its locks in a thread of its own, which its constructor starts, and once more on demand.
 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

void library_forwards(void);
void library_backwards(void);

__attribute__((noinline)) void library_forwards(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) void library_backwards(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

void library_await(void);

static void *background(void *argument)
{
	library_forwards();
	stage_reach(1);
	return argument;
}

void library_await(void)
{
	stage_await(1);
}

__attribute__((constructor)) static void early(void)
{
	CHECK(pthread_detach(start(background, NULL)) == 0);
}

/*
 * A library that took a lock is closed by the C library's own dlclose, as one does that is itself
 * loaded with RTLD_DEEPBIND. What was known of it must not be read when other stacks are walked.
 */
/* EXPECT lock-order feasible first in-library */
#include "scenario.h"
#include <dlfcn.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void close_unseen(void *handle)
{
	void *libc = dlopen("libc.so.6", RTLD_NOW | RTLD_NOLOAD);
	int (*own_dlclose)(void *);

	CHECK(libc);
	/* Asked for without a version, it would be ours. */
	own_dlclose = (int (*)(void *))dlvsym(libc, "dlclose", "GLIBC_2.34");
	CHECK(own_dlclose && own_dlclose(handle) == 0);
}

static void *first(void *argument)
{
	void *handle = dlopen("dlclose_unseen.so", RTLD_NOW);
	void (*take)(pthread_mutex_t *);

	CHECK(handle);
	take = (void (*)(pthread_mutex_t *))dlsym(handle, "library_take");
	CHECK(take);
	pthread_mutex_lock(&a);
	take(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	close_unseen(handle);
	stage_reach(1);
	return argument;
}

static void *second(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @first */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	pthread_t one = start(first, NULL), two = start(second, NULL);

	finish(one);
	finish(two);
	return 0;
}

/*
 * The near miss of function_handle.c: the program has functions of the same names in front of the
 * C library's, which they get from its handle, and from RTLD_NEXT. What they call is seen, once,
 * and is the next one and not their own. Both threads take a before b.
 */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "scenario.h"
#include <dlfcn.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static void *in_library(const char *name)
{
	void *library = dlopen("libc.so.6", RTLD_NOW | RTLD_NOLOAD);

	CHECK(library);
	return dlsym(library, name);
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
	int (*real)(pthread_mutex_t *) = (int (*)(pthread_mutex_t *))in_library(__func__);

	CHECK(real && real != pthread_mutex_lock);
	return real(mutex);
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
	int (*real)(pthread_mutex_t *) = (int (*)(pthread_mutex_t *))dlsym(RTLD_NEXT, __func__);

	CHECK(real && real != pthread_mutex_unlock);
	return real(mutex);
}

static void *both(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(both, both);
	return 0;
}

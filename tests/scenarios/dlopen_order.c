/*
 * The near miss of dlopen.c: the callback takes no lock; the library is always called with the
 * program's lock held, or with none.
 */
/* EXPECT none */
#include "scenario.h"
#include <dlfcn.h>

static pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
static void (*library_call)(void (*)(void));
static void *handle;

static void open_library(void)
{
	handle = dlopen("dlopen_order.so", RTLD_NOW);
	if (!handle)
		fprintf(stderr, "%s\n", dlerror());
	CHECK(handle);
	library_call = (void (*)(void (*)(void)))dlsym(handle, "library_call");
	CHECK(library_call);
}

static void nothing(void)
{
}

static void take_own(void)
{
	pthread_mutex_lock(&own);
	pthread_mutex_unlock(&own);
}

static void *one(void *argument)
{
	take_own();
	pthread_mutex_lock(&own);
	library_call(nothing);
	pthread_mutex_unlock(&own);
	return argument;
}

static void *two(void *argument)
{
	library_call(nothing);
	return argument;
}

int main(void)
{
	open_library();
	run_two(one, two);
	CHECK(dlclose(handle) == 0);
	return 0;
}

/*
 * A library that is loaded at run time calls back with its own lock held, and the callback takes
 * the program's lock. Another thread calls the library with the program's lock held. The library
 * is gone when the program ends; its place in the code still has a name.
 */
/* EXPECT lock-order feasible in-library callback */
#include "scenario.h"
#include <dlfcn.h>

static pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
static void (*library_call)(void (*)(void));
static void *handle;

static void open_library(void)
{
	handle = dlopen("dlopen.so", RTLD_NOW);
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
	pthread_mutex_lock(&own); /* @callback */
	pthread_mutex_unlock(&own);
}

static void *one(void *argument)
{
	pthread_mutex_lock(&own);
	library_call(nothing);
	pthread_mutex_unlock(&own);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	library_call(take_own);
	return argument;
}

int main(void)
{
	open_library();
	run_two(one, two);
	CHECK(dlclose(handle) == 0);
	return 0;
}

/*
 * A library is loaded, used, unloaded, and loaded again, twenty times, and always used in one
 * order.
 */
/* EXPECT none */
/* ACQUISITIONS 40 */
#include "scenario.h"
#include <dlfcn.h>

static pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
static void (*library_call)(void (*)(void));
static void *handle;

static void open_library(void)
{
	handle = dlopen("dlopen_twice.so", RTLD_NOW);
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

int main(void)
{
	for (int i = 0; i < 20; i++) {
		open_library();
		library_call(i % 2 ? take_own : nothing);
		if (i % 2 == 0)
			take_own();
		CHECK(dlclose(handle) == 0);
	}
	return 0;
}

/*
 * The lock functions are those of the C library itself, which was opened by its name and asked for
 * them, as Free Pascal's threads do. That goes past the search order of the program.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "scenario.h"
#include <dlfcn.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int (*lock)(pthread_mutex_t *);
static int (*unlock)(pthread_mutex_t *);

static void *one(void *argument)
{
	lock(&a);
	lock(&b); /* @first */
	unlock(&b);
	unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	lock(&b);
	lock(&a); /* @second */
	unlock(&a);
	unlock(&b);
	return argument;
}

int main(void)
{
	void *library = dlopen("libc.so.6", RTLD_NOW | RTLD_NOLOAD);

	CHECK(library);
	lock = (int (*)(pthread_mutex_t *))dlsym(library, "pthread_mutex_lock");
	unlock = (int (*)(pthread_mutex_t *))dlsym(library, "pthread_mutex_unlock");
	CHECK(lock && unlock);
	CHECK(!dlsym(library, "no_such_function") && dlerror());
	run_two(one, two);
	return 0;
}

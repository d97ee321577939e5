/*
 * The lock functions are fetched with dlsym, as plug-ins and language bindings do. They are the
 * same functions.
 */
/* EXPECT lock-order feasible first second */
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
	lock = (int (*)(pthread_mutex_t *))dlsym(RTLD_DEFAULT, "pthread_mutex_lock");
	unlock = (int (*)(pthread_mutex_t *))dlsym(RTLD_DEFAULT, "pthread_mutex_unlock");
	CHECK(lock && unlock);
	run_two(one, two);
	return 0;
}

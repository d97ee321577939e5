/*
 * A library with a mutex of its own is unloaded and loaded again, at the same address. The first
 * mutex was held while `own` was taken, the second one is taken under it. What is mapped anew is
 * another mutex. (Should something else have been mapped at that address in between, it is tried
 * again.)
 */
/* EXPECT none */
#include "scenario.h"
#include <dlfcn.h>

static pthread_mutex_t own = PTHREAD_MUTEX_INITIALIZER;
static void (*library_call)(void (*)(void));
static void *handle;

static int turn;

/* Unlike a stage, this lets nobody pass before his turn, as the end of the first life demands. */
static void await_turn(int number)
{
	while (__atomic_load_n(&turn, __ATOMIC_ACQUIRE) < number)
		usleep(1000);
}

static void open_library(void)
{
	handle = dlopen("reuse_dlclose.so", RTLD_NOW);
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

static void *first_life(void *argument)
{
	library_call(take_own);
	__atomic_store_n(&turn, 1, __ATOMIC_RELEASE);
	return argument;
}

static void *second_life(void *argument)
{
	await_turn(2);
	pthread_mutex_lock(&own);
	library_call(nothing);
	pthread_mutex_unlock(&own);
	return argument;
}

int main(void)
{
	pthread_t first, second;
	uintptr_t before;

	open_library();
	before = (uintptr_t)library_call;
	first = start(first_life, NULL);
	second = start(second_life, NULL);
	await_turn(1);
	for (int i = 0; i < 10 && (i == 0 || (uintptr_t)library_call != before); i++) {
		CHECK(dlclose(handle) == 0);
		open_library();
	}
	__atomic_store_n(&turn, 2, __ATOMIC_RELEASE);
	finish(first);
	finish(second);
	return 0;
}

/*
 * A program without GLib loads, privately, a library that is linked to it. That GLib is in no
 * search order but its user's; its functions must be found all the same.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

#include <dlfcn.h>

static void *library;

static void call(const char *name)
{
	void (*function)(void) = (void (*)(void))(uintptr_t)dlsym(library, name);

	CHECK(function);
	function();
}

static void *one(void *argument)
{
	call("take_in_order");
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	call("take_inverted");
	return argument;
}

int main(void)
{
	library = dlopen("glib_private.so", RTLD_NOW | RTLD_LOCAL);
	CHECK(library);
	CHECK(!dlsym(RTLD_DEFAULT, "g_malloc"));
	run_two(one, two);
	return 0;
}

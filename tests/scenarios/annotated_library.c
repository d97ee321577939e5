/*
 * Locks of a library that brings its own definitions of the dynamic annotations, doing nothing, as
 * programs do that are built with them for Valgrind. Calls from the library go through its
 * procedure linkage table, so that whoever is loaded first defines them.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

void library_one(void);
void library_two(void);

static void *one(void *argument)
{
	library_one();
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	library_two();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

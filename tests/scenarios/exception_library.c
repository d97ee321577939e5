/*
 * A C program uses a C++ library that throws and catches exceptions with locks held. The library
 * that unwinds the stack for exceptions is that of the compiler, whatever else is loaded. All
 * locks are given back; one order.
 */
/* EXPECT none */
/* OUTPUT caught 100 */
#include "scenario.h"

int library_parse(int number);

static void *one(void *argument)
{
	int caught = 0;

	for (int i = 0; i < 100; i++)
		caught += library_parse(i);
	printf("caught %d\n", caught);
	return argument;
}

static void *two(void *argument)
{
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

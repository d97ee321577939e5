/*
 * Thread two takes a unit if there is one, calls a function, and then looks whether it got one:
 * else it waits. So it has the unit that thread one posts after a, b, whenever it comes. The
 * compiler may know that the function leaves the result where it is, in the register that calls
 * return theirs in.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

#include <semaphore.h>

#ifdef __clang__
#define KEPT
#else
#define KEPT __attribute__((optimize("O2", "ipa-ra")))
#endif

static sem_t s;
unsigned looks;

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	CHECK(sem_post(&s) == 0);
	stage_reach(1);
	return argument;
}

__attribute__((noinline)) KEPT static void count(void)
{
	looks++;
}

KEPT static void *two(void *argument)
{
	int result;

	stage_await(1);
	result = sem_trywait(&s);
	count();
	if (result != 0)
		CHECK(sem_wait(&s) == 0);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	run_two(one, two);
	return 0;
}

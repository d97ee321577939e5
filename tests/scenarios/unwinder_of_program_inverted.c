/*
 * The true case beside unwinder_of_program.c: the threads of a program that has a libunwind of its
 * own, and walk their stacks with it, take a and b in opposite orders. The stacks are those of the
 * program all the same.
 */
/* EXPECT lock-order feasible first second */
/* NEEDS libunwind */
#define UNW_LOCAL_ONLY
#include "scenario.h"
#include <libunwind.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static void walk(void)
{
	unw_context_t context;
	unw_cursor_t cursor;

	unw_getcontext(&context);
	CHECK(unw_init_local(&cursor, &context) == 0);
	while (unw_step(&cursor) > 0)
		;
}

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	walk();
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	turn_pass(1);
	return argument;
}

static void *two(void *argument)
{
	turn_await(1);
	pthread_mutex_lock(&b);
	walk();
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

/*
 * A program that has a libunwind of its own, which the recorder uses, too. Its threads walk their
 * stacks, at once and with a lock held, and libunwind takes locks for that; nothing waits for ever,
 * and the program's two locks, which are taken in one order, are no circle.
 */
/* EXPECT none */
/* NEEDS libunwind */
#define UNW_LOCAL_ONLY
#include "scenario.h"
#include <libunwind.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

static int walk(void)
{
	unw_context_t context;
	unw_cursor_t cursor;
	int frames = 0;

	unw_getcontext(&context);
	CHECK(unw_init_local(&cursor, &context) == 0);
	while (unw_step(&cursor) > 0)
		frames++;
	return frames;
}

static __attribute__((noinline)) int deeper(int depth)
{
	return depth ? deeper(depth - 1) + 1 : walk();
}

static void *work(void *argument)
{
	for (int i = 0; i < 300; i++) {
		pthread_mutex_lock(&a);
		CHECK(deeper(i % 20) > i % 20);
		pthread_mutex_lock(&b);
		CHECK(walk() > 0);
		pthread_mutex_unlock(&b);
		pthread_mutex_unlock(&a);
		CHECK(deeper(i % 30) > i % 30);
	}
	return argument;
}

int main(void)
{
	CHECK(walk() > 0);
	run_two(work, work);
	return 0;
}

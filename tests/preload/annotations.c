/*
 * Uses every annotation, in C and C++; built in each way that treats weak undefined functions
 * differently. Says "done", with and without the library. With the library, the order of `outer`
 * and `inner` is reversed, but in one thread.
 */
#include <gordian/annotate.h>
#include <stdio.h>

enum { ROUNDS = 3 };

static char outer, inner;

static void take(char *first, char *second)
{
	GORDIAN_ACQUIRE(first, GORDIAN_EXCLUSIVE);
	GORDIAN_ACQUIRED(first, GORDIAN_EXCLUSIVE);
	GORDIAN_ACQUIRE(second, GORDIAN_SHARED);
	GORDIAN_WAIT(second, GORDIAN_SHARED);
	GORDIAN_ACQUIRED(second, GORDIAN_SHARED);
	GORDIAN_RELEASE(second);
	GORDIAN_RELEASE(first);
}

int main(void)
{
	GORDIAN_CREATED(&outer);
	GORDIAN_NAME(&outer, "outer lock");
	GORDIAN_ORDER_CLASS(&outer, "outer class", -1);
	take(&outer, &inner);
	take(&inner, &outer);
	GORDIAN_IGNORE_BEGIN();
	take(&inner, &outer);
	GORDIAN_IGNORE_END();
	GORDIAN_ACQUIRE(&inner, GORDIAN_TIMED);
	GORDIAN_NOT_ACQUIRED(&inner);
	for (int i = 0; i < ROUNDS; i++) {
		GORDIAN_HAPPENS_BEFORE(&outer);
		GORDIAN_HAPPENS_AFTER(&outer);
	}
	GORDIAN_DESTROYED(&outer);
	puts("done");
	return 0;
}

/*
 * The child of a fork takes two locks the other way round than the parent's thread did, but that is
 * another process, with locks of its own. In the child, two threads of its own do it both ways. The
 * names that the parent gave are theirs as well.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 2 */
/* SAYS takes inner while holding outer */
/* IGNORED 1 */
#include "annotated.h"

static struct own_lock a, b;

static void *one(void *argument)
{
	own_lock(&a);
	own_lock(&b); /* @first */
	own_unlock(&b);
	own_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	own_lock(&b);
	own_lock(&a); /* @second */
	own_unlock(&a);
	own_unlock(&b);
	return argument;
}

int main(void)
{
	pid_t child;

	GORDIAN_NAME(&a, "outer");
	own_lock(&a);
	own_unlock(&a);
	own_lock(&b);
	GORDIAN_NAME(&b, "inner");
	own_unlock(&b);
	GORDIAN_IGNORE_BEGIN();
	own_lock(&b);
	own_unlock(&b);
	GORDIAN_IGNORE_END();
	child = fork();
	if (child == 0) {
		run_two(one, two);
		_exit(0);
	}
	CHECK(reap(child) == 0);
	return 0;
}

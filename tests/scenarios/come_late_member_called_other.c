/*
 * As come_late_member_called.c, but the function of the C library that main gives to another one,
 * which calls it, only reads the structure's flags.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

#include <string.h>

struct job {
	int number;
	pthread_mutex_t m;
	pthread_cond_t changed;
	struct {
		bool told, done;
	} flags;
};

static struct job job = {.m = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

typedef void *fill(void *bytes, int byte, size_t count);

APART static void with_flags(fill *how, struct job *any)
{
	how(&any->flags, true, sizeof(any->flags));
}

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	pthread_mutex_lock(&job.m);
	job.flags.done = true;
	pthread_cond_broadcast(&job.changed);
	pthread_mutex_unlock(&job.m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&job.m);
	while (!job.flags.done)
		pthread_cond_wait(&job.changed, &job.m);
	pthread_mutex_unlock(&job.m);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	with_flags((fill *)memchr, &job);
	run_two(one, two);
	return 0;
}

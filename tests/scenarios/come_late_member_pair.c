/*
 * Another near miss of come_late_member.c: done is half of a pair of flags, which main writes as a
 * whole by where it is.
 */
/* EXPECT lock-order potential first second */
#include <stddef.h>

#include "pair.h"

struct job {
	int number;
	pthread_mutex_t m;
	pthread_cond_t changed;
	struct pair {
		bool told, done;
	} pair;
};

static struct job job = {.m = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

static volatile size_t place = offsetof(struct job, pair);

APART static void *job_find(struct job *any, size_t offset)
{
	return (char *)any + offset;
}

APART static void pair_set(struct pair *pair, struct pair value)
{
	*pair = value;
}

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	pthread_mutex_lock(&job.m);
	job.pair.done = true;
	pthread_cond_broadcast(&job.changed);
	pthread_mutex_unlock(&job.m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&job.m);
	while (!job.pair.done)
		pthread_cond_wait(&job.changed, &job.m);
	pthread_mutex_unlock(&job.m);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	pair_set(job_find(&job, place), (struct pair){false, true});
	run_two(one, two);
	return 0;
}

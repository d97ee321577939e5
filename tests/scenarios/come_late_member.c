/*
 * As come_late.c, with a flag that is a member of a structure of the file's. Main writes to that
 * through a pointer, but to another member.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

struct job {
	int number;
	pthread_mutex_t m;
	pthread_cond_t changed;
	bool done;
};

static struct job job = {.m = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

__attribute__((noinline)) static void job_number(struct job *any, int number)
{
	any->number = number;
}

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	pthread_mutex_lock(&job.m);
	job.done = true;
	pthread_cond_broadcast(&job.changed);
	pthread_mutex_unlock(&job.m);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&job.m);
	while (!job.done)
		pthread_cond_wait(&job.changed, &job.m);
	pthread_mutex_unlock(&job.m);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	job_number(&job, 7);
	run_two(one, two);
	return 0;
}

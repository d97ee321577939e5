/*
 * The near miss of come_late_member.c: what main does through the pointer is to say that the job is
 * done. So thread two may take b, a at any time.
 */
/* EXPECT lock-order potential first second */
#include "pair.h"

struct job {
	int number;
	pthread_mutex_t m;
	pthread_cond_t changed;
	bool done;
};

static struct job job = {.m = PTHREAD_MUTEX_INITIALIZER, .changed = PTHREAD_COND_INITIALIZER};

__attribute__((noinline)) static void job_skip(struct job *any)
{
	any->done = true;
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
	job_skip(&job);
	run_two(one, two);
	return 0;
}

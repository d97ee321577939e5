/*
 * Another near miss of come_late_heap.c: job_new leaves done as false, but main knows that there is
 * nothing to do.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

struct job {
	int number;
	pthread_mutex_t m;
	pthread_cond_t changed;
	bool done;
};

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static struct job *job_new(int number)
{
	struct job *job = malloc(sizeof(*job));

	if (!job)
		abort();
	job->number = number;
	job->done = false;
	pthread_mutex_init(&job->m, NULL);
	pthread_cond_init(&job->changed, NULL);
	return job;
}

static void job_end(struct job *job)
{
	pthread_mutex_lock(&job->m);
	job->done = true;
	pthread_cond_broadcast(&job->changed);
	pthread_mutex_unlock(&job->m);
}

static void job_await(struct job *job)
{
	pthread_mutex_lock(&job->m);
	while (!job->done)
		pthread_cond_wait(&job->changed, &job->m);
	pthread_mutex_unlock(&job->m);
}

__attribute__((noinline)) static void job_skip(struct job *job)
{
	job->done = true;
}

static void *one(void *argument)
{
	take_ab();
	job_end(argument);
	stage_reach(1);
	return NULL;
}

static void *two(void *argument)
{
	stage_await(1);
	job_await(argument);
	take_ba();
	return NULL;
}

int main(void)
{
	struct job *job = job_new(7);
	pthread_t first, second;

	if (job->number > 5)
		job_skip(job);
	first = start(one, job);
	second = start(two, job);

	finish(first);
	finish(second);
	return 0;
}

/*
 * A job on the heap: its mutex, its condition and its flag. Thread one ends it after it took a, b;
 * thread two awaits it, too late to have to wait, and takes b, a.
 *
 * A scenario says how both are taken, take_ab and take_ba, how the job is made, and maybe what it
 * is made of: its last members, JOB_MEMBERS, and which one of them is the flag, DONE.
 */
#ifndef LATE_JOB_H
#define LATE_JOB_H

#include "pair.h"

#ifndef DONE
#define JOB_MEMBERS bool done;
#define DONE done
#endif

struct job {
	int number;
	pthread_mutex_t m;
	pthread_cond_t changed;
	JOB_MEMBERS
};

static void take_ab(void);
static void take_ba(void);

/* As most scenarios make it. */
static inline struct job *job_new(int number)
{
	struct job *job = malloc(sizeof(*job));

	if (!job)
		abort();
	job->number = number;
	job->DONE = false;
	pthread_mutex_init(&job->m, NULL);
	pthread_cond_init(&job->changed, NULL);
	return job;
}

static inline void job_end(struct job *job)
{
	pthread_mutex_lock(&job->m);
	job->DONE = true;
	pthread_cond_broadcast(&job->changed);
	pthread_mutex_unlock(&job->m);
}

static inline void job_await(struct job *job)
{
	pthread_mutex_lock(&job->m);
	while (!job->DONE)
		pthread_cond_wait(&job->changed, &job->m);
	pthread_mutex_unlock(&job->m);
}

static inline void *one(void *job)
{
	take_ab();
	job_end(job);
	stage_reach(1);
	return NULL;
}

static inline void *two(void *job)
{
	stage_await(1);
	job_await(job);
	take_ba();
	return NULL;
}

static inline void run_job(struct job *job)
{
	pthread_t first = start(one, job);
	pthread_t second = start(two, job);

	finish(first);
	finish(second);
}

#endif

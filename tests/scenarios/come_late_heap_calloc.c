/*
 * As come_late_heap.c, with memory that is zero from the beginning, and a state that is reached.
 * The object goes through a queue.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "scenario.h"

struct job {
	int number;
	pthread_mutex_t m;
	pthread_cond_t changed;
	enum { BEGINS, RUNS, ENDED } state;
	struct job *next;
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

static pthread_mutex_t queue_m = PTHREAD_MUTEX_INITIALIZER;
static struct job *queue;

static struct job *job_new(int number)
{
	struct job *job = calloc(1, sizeof(*job));

	if (!job)
		abort();
	job->number = number;
	pthread_mutex_init(&job->m, NULL);
	pthread_cond_init(&job->changed, NULL);
	return job;
}

static void job_end(struct job *job)
{
	pthread_mutex_lock(&job->m);
	job->state = ENDED;
	pthread_cond_broadcast(&job->changed);
	pthread_mutex_unlock(&job->m);
}

static void job_await(struct job *job)
{
	pthread_mutex_lock(&job->m);
	while (job->state != ENDED)
		pthread_cond_wait(&job->changed, &job->m);
	pthread_mutex_unlock(&job->m);
}

static void put(struct job *job)
{
	pthread_mutex_lock(&queue_m);
	job->next = queue;
	queue = job;
	pthread_mutex_unlock(&queue_m);
}

static void *one(void *argument)
{
	struct job *job;

	pthread_mutex_lock(&queue_m);
	job = queue;
	queue = NULL;
	pthread_mutex_unlock(&queue_m);
	take_ab();
	job_end(job);
	stage_reach(1);
	return argument;
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

	put(job);
	first = start(one, NULL);
	second = start(two, job);

	finish(first);
	finish(second);
	return 0;
}

/*
 * One thread makes a lock for each of sixty thousand jobs, and any of forty others does the job: it
 * takes that lock, another one inside it, and ends its life. What they leave does not depend on how
 * many jobs there are.
 */
/* EXPECT none */
/* TRACE <=1024 */
#include "scenario.h"

enum { THREADS = 40, JOBS = 60000, ROOM = 64 };

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t *jobs[ROOM];
static int made, taken;

/* Or NULL, when there are no more. */
static pthread_mutex_t *next(void)
{
	int number = __atomic_fetch_add(&taken, 1, __ATOMIC_RELAXED);
	pthread_mutex_t **place = &jobs[number % ROOM], *job;

	if (number >= JOBS)
		return NULL;
	while (__atomic_load_n(&made, __ATOMIC_ACQUIRE) <= number)
		usleep(10);
	job = *place;
	__atomic_store_n(place, NULL, __ATOMIC_RELEASE);
	return job;
}

static void *worker(void *argument)
{
	pthread_mutex_t *job;

	while ((job = next())) {
		pthread_mutex_lock(job);
		pthread_mutex_lock(&table);
		pthread_mutex_unlock(&table);
		pthread_mutex_unlock(job);
		CHECK(pthread_mutex_destroy(job) == 0);
		free(job);
	}
	return argument;
}

static void make(int number)
{
	pthread_mutex_t *job = malloc(sizeof(*job));

	CHECK(job && pthread_mutex_init(job, NULL) == 0);
	while (__atomic_load_n(&jobs[number % ROOM], __ATOMIC_ACQUIRE))
		usleep(10);
	jobs[number % ROOM] = job;
	__atomic_store_n(&made, number + 1, __ATOMIC_RELEASE);
}

int main(void)
{
	pthread_t threads[THREADS];

	for (int i = 0; i < THREADS; i++)
		threads[i] = start(worker, NULL);
	for (int i = 0; i < JOBS; i++)
		make(i);
	for (int i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	return 0;
}

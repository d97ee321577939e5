/*
 * The process replaces itself by exec three times, and takes a lock in each of its images. The
 * last one has the inversion. One process, four images.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 4 */
/* ACQUISITIONS 7 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(int argc, char **argv)
{
	char *again[5] = {argv[0]};

	for (int i = 1; i <= argc && i < 4; i++)
		again[i] = argv[0];
	if (argc < 4) {
		pthread_mutex_lock(&a);
		pthread_mutex_unlock(&a);
		execv("/proc/self/exe", again);
		return 1;
	}
	run_two(one, two);
	return 0;
}

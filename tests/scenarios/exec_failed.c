/*
 * An exec of a file that is not there fails, and the process goes on as it was. The inversion
 * comes after that.
 */
/* EXPECT lock-order feasible first second */
/* PROCESSES 1 */
/* ACQUISITIONS 4 */
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

int main(void)
{
	char *const arguments[] = {"nothing", NULL};

	CHECK(execv("/nonexistent/nothing", arguments) == -1 && errno == ENOENT);
	CHECK(execvp("nonexistent-nothing", arguments) == -1 && errno == ENOENT);
	run_two(one, two);
	return 0;
}

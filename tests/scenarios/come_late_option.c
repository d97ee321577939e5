/*
 * ready is false when the program begins, but an option sets it: its address stands in a table, for
 * getopt_long (glibc: the variable is set to the value). With it, thread two may take b, a at any
 * time.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

#include <getopt.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, verbose;

static const struct option options[] = {
	{"ready", no_argument, &ready, 1},
	{NULL, 0, NULL, 0},
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

static void say_ready(void)
{
	pthread_mutex_lock(&m);
	ready = 1;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&m);
}

static void await_ready(void)
{
	pthread_mutex_lock(&m);
	while (!ready)
		pthread_cond_wait(&changed, &m);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	take_ab();
	say_ready();
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	await_ready();
	take_ba();
	return argument;
}

int main(int count, char **arguments)
{
	while (getopt_long(count, arguments, "", options, NULL) == 0)
		;
	if (verbose)
		puts("ready or not");
	run_two(one, two);
	return 0;
}

/*
 * The near miss of come_late_option.c: the option sets another variable, beside it. So ready is
 * true only after thread one took a, b.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "scenario.h"

#include <getopt.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int ready, verbose;

static const struct option options[] = {
	{"verbose", no_argument, &verbose, 1},
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

/*
 * As sync_annotated, but thread two does not wait, and what it says is of another object. Stages
 * keep them apart here.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"

#include <gordian/annotate.h>

static int flag, other;

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *one(void *argument)
{
	take_ab();
	GORDIAN_HAPPENS_BEFORE(&flag);
	__atomic_store_n(&flag, 1, __ATOMIC_RELEASE);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	GORDIAN_HAPPENS_AFTER(&other);
	take_ba();
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}

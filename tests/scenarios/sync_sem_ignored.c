/*
 * Thread two takes a unit if there is one, does not look whether it did, and then one for which it
 * waits. In this run it got both that thread one posts, one of them after a, b. When it comes
 * earlier the first post is enough, and it takes b, a while thread one takes a, b.
 */
/* EXPECT lock-order potential first second */
#include "pair.h"

#include <semaphore.h>

static sem_t s;

static void *one(void *argument)
{
	CHECK(sem_post(&s) == 0);
	take_both(&a, &b); /* @first */
	CHECK(sem_post(&s) == 0);
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
	(void)sem_trywait(&s);
	CHECK(sem_wait(&s) == 0);
	take_both(&b, &a); /* @second */
	return argument;
}

int main(void)
{
	CHECK(sem_init(&s, 0, 0) == 0);
	run_two(one, two);
	return 0;
}

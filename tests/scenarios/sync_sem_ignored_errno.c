/*
 * Thread two takes a unit if there is one, and waits for it if errno says that there was none. So
 * it has the one that thread one posts after a, b, whenever it comes.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "pair.h"

#include <errno.h>
#include <semaphore.h>

static sem_t s;

static void *one(void *argument)
{
	take_both(&a, &b); /* @first */
	CHECK(sem_post(&s) == 0);
	stage_reach(1);
	return argument;
}

__attribute__((noinline)) static void forget_errors(void)
{
	errno = 0;
}

static void *two(void *argument)
{
	stage_await(1);
	forget_errors();
	(void)sem_trywait(&s);
	if (errno == EAGAIN)
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

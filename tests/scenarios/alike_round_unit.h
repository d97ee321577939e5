/* What alike_round_unit.c and its near miss share. */
#ifndef ALIKE_ROUND_UNIT_H
#define ALIKE_ROUND_UNIT_H

#include "alike_round_outside.h"

static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void take_ba(void);

static void *other(void *argument)
{
	CHECK(sem_wait(&posted) == 0);
	stage_await(1);
	take_ba();
	return argument;
}

#endif

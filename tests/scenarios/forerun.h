/*
 * A library that wraps pthread_create: each thread calls the program's function before it comes to
 * its routine.
 */
#ifndef FORERUN_H
#define FORERUN_H

#include "scenario.h"
#include <dlfcn.h>

extern void (*before_routine)(void);

#ifdef FORERUN_LIBRARY

typedef int creates(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

struct wrapped {
	void *(*routine)(void *);
	void *argument;
};

void (*before_routine)(void);

static void *run_wrapped(void *argument)
{
	struct wrapped *wrapped = argument;

	before_routine();
	return wrapped->routine(wrapped->argument);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*routine)(void *),
		   void *argument)
{
	static struct wrapped wrapped;
	creates *create = (creates *)dlsym(RTLD_NEXT, "pthread_create");

	CHECK(create);
	wrapped = (struct wrapped){routine, argument};
	return create(thread, attributes, run_wrapped, &wrapped);
}

#else

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

#endif
#endif

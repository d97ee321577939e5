/*
 * Requests that main itself makes (request.h), each with a thread that takes a, b, and says that it
 * is done; main waits for that, and takes b, a.
 *
 * A scenario says how both are taken, take_ab and take_ba, and what main does.
 */
#ifndef LATE_REQUEST_H
#define LATE_REQUEST_H

#include "request.h"

static void take_ab(void);
static void take_ba(void);

static inline void *serve(void *argument)
{
	struct request *request = argument;

	take_ab();
	request_set(request, &request->done);
	stage_reach(request->number);
	return NULL;
}

static inline struct request *request_allocate(int number)
{
	struct request *request = calloc(1, sizeof(*request));

	CHECK(request != NULL);
	request->number = number;
	return request;
}

static inline void request_init(struct request *request)
{
	pthread_mutex_init(&request->m, NULL);
	pthread_cond_init(&request->changed, NULL);
}

/* Waits until it is done, before it takes b, a. */
static inline void request_end(struct request *request, pthread_t thread)
{
	request_await(request, &request->done);
	take_ba();
	finish(thread);
	request_free(request);
}

#endif

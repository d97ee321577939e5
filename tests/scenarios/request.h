/*
 * A request: an object on the heap with a mutex, a condition and what is waited for, and a thread
 * that does the work, says that it is done, and signals. Two locks of the file are there for all
 * (pair.h).
 */
#ifndef REQUEST_H
#define REQUEST_H

#include "pair.h"

struct request {
	int number;
	pthread_mutex_t m;
	pthread_cond_t changed;
	bool started, done;
};

static inline struct request *request_new(int number)
{
	struct request *request = calloc(1, sizeof(*request));

	CHECK(request != NULL);
	request->number = number;
	CHECK(pthread_mutex_init(&request->m, NULL) == 0);
	CHECK(pthread_cond_init(&request->changed, NULL) == 0);
	return request;
}

static inline void request_free(struct request *request)
{
	CHECK(pthread_cond_destroy(&request->changed) == 0);
	CHECK(pthread_mutex_destroy(&request->m) == 0);
	free(request);
}

static inline void request_set(struct request *request, bool *what)
{
	pthread_mutex_lock(&request->m);
	*what = true;
	pthread_cond_signal(&request->changed);
	pthread_mutex_unlock(&request->m);
}

static inline void request_await(struct request *request, const bool *what)
{
	pthread_mutex_lock(&request->m);
	while (!*what)
		pthread_cond_wait(&request->changed, &request->m);
	pthread_mutex_unlock(&request->m);
}

#endif

/*
 * A near miss of come_late_request.c: the mutex and the condition of a request that is done are
 * made again, for another thread, and nobody says that it is not done.
 */
/* EXPECT lock-order potential first second */
#include "request.h"

static void *earlier(void *argument)
{
	struct request *request = argument;

	request_set(request, &request->done);
	return NULL;
}

static void *serve(void *argument)
{
	struct request *request = argument;

	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	request_set(request, &request->done);
	stage_reach(1);
	return NULL;
}

__attribute__((noinline)) static void make_locks(struct request *request)
{
	pthread_mutex_init(&request->m, NULL);
	pthread_cond_init(&request->changed, NULL);
}

__attribute__((noinline)) static struct request *make(void)
{
	struct request *request = calloc(1, sizeof(*request));

	CHECK(request != NULL);
	make_locks(request);
	return request;
}

static inline void await(struct request *request)
{
	pthread_mutex_lock(&request->m);
	while (!request->done)
		pthread_cond_wait(&request->changed, &request->m);
	pthread_mutex_unlock(&request->m);
}

int main(void)
{
	struct request *request = make();
	pthread_t thread = start(earlier, request);

	await(request);
	finish(thread);
	pthread_cond_destroy(&request->changed);
	pthread_mutex_destroy(&request->m);
	make_locks(request);
	thread = start(serve, request);
	stage_await(1);
	await(request);
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	finish(thread);
	request_free(request);
	return 0;
}

/*
 * The main thread frees an object whose mutex a worker holds: the worker will unlock in memory that
 * is somebody else's. (It does not in this program, so that it can end well.)
 */
/* EXPECT free-locked misuse act cause */
/* EXPECT exit-holding misuse other */
#include "scenario.h"

struct object {
	pthread_mutex_t m;
};
static pthread_mutex_t kept = PTHREAD_MUTEX_INITIALIZER;

static void *worker(void *argument)
{
	struct object *object = argument;

	pthread_mutex_lock(&kept);	/* @other */
	pthread_mutex_lock(&object->m); /* @cause */
	stage_reach(1);
	stage_await(2);
	return NULL;
}

int main(void)
{
	struct object *object = malloc(sizeof(*object));
	pthread_t thread;

	pthread_mutex_init(&object->m, NULL);
	thread = start(worker, object);
	stage_await(1);
	free(object); /* @act */
	stage_reach(2);
	finish(thread);
	return 0;
}

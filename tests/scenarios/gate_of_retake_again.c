/*
 * The near miss of gate_of_retake.c: the main thread takes pool in the same way once more when the
 * worker is there, at the same place, and control inside. The worker, which it has told to end by
 * then, may not have come so far: it has control, and wants pool back.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t pool = PTHREAD_MUTEX_INITIALIZER, control = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static bool over;

static void *worker(void *argument)
{
	pthread_mutex_lock(&pool);
	pthread_mutex_lock(&control);
	stage_reach(1);
	while (!over)
		pthread_cond_wait(&work, &pool); /* @second */
	pthread_mutex_unlock(&control);
	pthread_mutex_unlock(&pool);
	stage_reach(2);
	return argument;
}

int main(void)
{
	pthread_t thread;

	for (int round = 0; round < 2; round++) {
		pthread_mutex_lock(&pool);
		if (round == 0)
			thread = start(worker, NULL);
		pthread_mutex_lock(&control); /* @first */
		pthread_mutex_unlock(&control);
		pthread_mutex_unlock(&pool);
		if (round > 0)
			break;
		stage_await(1); /* and the lock is given back by the wait */
		pthread_mutex_lock(&pool);
		over = true;
		pthread_cond_signal(&work);
		pthread_mutex_unlock(&pool);
		stage_await(2);
	}
	finish(thread);
	return 0;
}

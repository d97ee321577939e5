/*
 * Main makes a lock again and again, before and after it has made threads, and takes another one
 * inside it. One of these locks it hands to a thread, which takes the two the other way round at
 * the same time.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"

static pthread_mutex_t table = PTHREAD_MUTEX_INITIALIZER;

static void *idle(void *argument)
{
	return argument;
}

static void *other_way_round(void *argument)
{
	stage_await(1);
	pthread_mutex_lock(&table);
	pthread_mutex_lock(argument); /* @second */
	pthread_mutex_unlock(argument);
	pthread_mutex_unlock(&table);
	return NULL;
}

__attribute__((noinline)) static void use(pthread_mutex_t *own)
{
	pthread_mutex_lock(own);
	pthread_mutex_lock(&table); /* @first */
	pthread_mutex_unlock(&table);
	pthread_mutex_unlock(own);
}

int main(void)
{
	for (int i = 0; i < 60; i++) {
		pthread_mutex_t *own = malloc(sizeof(*own));
		pthread_t thread;

		CHECK(own && pthread_mutex_init(own, NULL) == 0);
		pthread_mutex_lock(own);
		pthread_mutex_unlock(own);
		if (i == 40) {
			thread = start(other_way_round, own);
			use(own);
			stage_reach(1);
			finish(thread);
		} else {
			use(own);
		}
		CHECK(pthread_mutex_destroy(own) == 0);
		free(own);
		finish(start(idle, NULL));
	}
	return 0;
}

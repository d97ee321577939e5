/*
 * The last user of a shared object destroys its mutex right after it has unlocked it: POSIX allows
 * that expressly (pthread_mutex_destroy, rationale). Nobody uses it afterwards.
 */
/* EXPECT none */
#include "scenario.h"

struct shared {
	pthread_mutex_t m;
	int users;
};

static void *worker(void *argument)
{
	struct shared *shared = argument;
	bool last;

	pthread_mutex_lock(&shared->m);
	last = --shared->users == 0;
	pthread_mutex_unlock(&shared->m);
	if (last) {
		pthread_mutex_destroy(&shared->m);
		free(shared);
	}
	return NULL;
}

int main(void)
{
	for (int i = 0; i < 50; i++) {
		struct shared *shared = malloc(sizeof(*shared));
		pthread_t threads[2];

		shared->users = 2;
		pthread_mutex_init(&shared->m, NULL);
		threads[0] = start(worker, shared);
		threads[1] = start(worker, shared);
		finish(threads[0]);
		finish(threads[1]);
	}
	return 0;
}

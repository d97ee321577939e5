/*
 * A hundred threads in turn, each of which runs an initialiser of its own that takes a, b. Once,
 * the parent takes b, a meanwhile, and has not called that thread's once.
 */
/* EXPECT lock-order feasible first second */
/* THREADS 101 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void *run(void *once)
{
	pthread_once(once, take_ab);
	stage_advance();
	return NULL;
}

int main(void)
{
	for (int round = 0; round < 100; round++) {
		pthread_once_t *once = calloc(1, sizeof(*once));
		pthread_t thread = start(run, once);

		if (round == 50) {
			stage_await(51);
			pthread_mutex_lock(&b);
			pthread_mutex_lock(&a); /* @second */
			pthread_mutex_unlock(&a);
			pthread_mutex_unlock(&b);
		}
		finish(thread);
		free(once);
	}
	return 0;
}

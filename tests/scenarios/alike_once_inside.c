/*
 * A hundred threads in turn, each of which runs an initialiser of its own that takes a, b. Once,
 * the parent calls the once of such a thread with b held, and may wait for who takes b in there. It
 * is called no more than potential, as the thread may have made the once visible only afterwards.
 */
/* EXPECT lock-order potential first second */
/* ALLOW discharged */
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
			pthread_once(once, take_ab); /* @second */
			pthread_mutex_unlock(&b);
		}
		finish(thread);
		free(once);
	}
	return 0;
}

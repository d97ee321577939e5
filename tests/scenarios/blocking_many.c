/* As blocking_many_released, but the first lock is held, too. */
/* EXPECT blocking-under-lock misuse call held */
#include "scenario.h"

enum { MANY = 24 };

static pthread_mutex_t first = PTHREAD_MUTEX_INITIALIZER, others[MANY];

static void *other(void *argument)
{
	pthread_mutex_lock(&first);
	pthread_mutex_unlock(&first);
	return argument;
}

int main(void)
{
	pthread_mutex_lock(&first); /* @held */
	for (int i = 0; i < MANY; i++) {
		CHECK(pthread_mutex_init(&others[i], NULL) == 0);
		pthread_mutex_lock(&others[i]);
	}
	usleep(150000); /* @call */
	for (int i = MANY; i-- > 0;)
		pthread_mutex_unlock(&others[i]);
	pthread_mutex_unlock(&first);
	finish(start(other, NULL));
	return 0;
}

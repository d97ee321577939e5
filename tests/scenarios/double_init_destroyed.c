/*
 * A mutex is initialised again after it was destroyed; memory that was cleared before the first
 * initialisation is not in use; and neither is that of an object that was freed, or of a frame that
 * has been left.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m;

static void use(pthread_mutex_t *mutex)
{
	pthread_mutex_init(mutex, NULL);
	pthread_mutex_lock(mutex);
	pthread_mutex_unlock(mutex);
}

static void use_local(void)
{
	pthread_mutex_t local;

	use(&local);
}

int main(void)
{
	memset(&m, 0, sizeof(m));
	use(&m);
	pthread_mutex_destroy(&m);
	use(&m);
	for (int i = 0; i < 3; i++) {
		pthread_mutex_t *heap = malloc(sizeof(*heap));

		use(heap);
		free(heap);
		use_local();
	}
	return 0;
}

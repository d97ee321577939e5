/* Takes a lock for its caller. */
#include "scenario.h"

void library_take(pthread_mutex_t *mutex);

void library_take(pthread_mutex_t *mutex)
{
	pthread_mutex_lock(mutex); /* @in-library */
}

/*
 * Calls back with its lock held.
 */
#include "scenario.h"

static pthread_mutex_t library_lock = PTHREAD_MUTEX_INITIALIZER;

void library_call(void (*callback)(void));

void library_call(void (*callback)(void))
{
	pthread_mutex_lock(&library_lock);
	callback();
	pthread_mutex_unlock(&library_lock);
}

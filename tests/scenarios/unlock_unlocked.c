/* A normal mutex is unlocked twice: undefined (POSIX, pthread_mutex_lock). */
/* EXPECT unlock-unlocked misuse again */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	pthread_mutex_unlock(&m); /* @again */
	return 0;
}

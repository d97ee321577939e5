/* As blocking_sleep, but the lock is given back before. */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	usleep(150000);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return 0;
}

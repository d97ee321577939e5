/* The same mutex after a second initialisation, by call and by assignment: it is a new one. */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m;

int main(void)
{
	for (int i = 0; i < 2; i++) {
		pthread_mutex_init(&m, NULL);
		pthread_mutex_lock(&m);
		pthread_mutex_unlock(&m);
		pthread_mutex_destroy(&m);
	}
	m = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return 0;
}

/* A thread destroys the mutex that it holds itself. */
/* EXPECT destroy-locked misuse act cause */
#include "scenario.h"

static pthread_mutex_t m;

int main(void)
{
	pthread_mutex_init(&m, NULL);
	pthread_mutex_lock(&m);	   /* @cause */
	pthread_mutex_destroy(&m); /* @act */
	pthread_mutex_unlock(&m);
	return 0;
}

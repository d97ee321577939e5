/*
 * Two parts of a program initialise the same mutex: undefined (POSIX, pthread_mutex_init: "an
 * already initialized mutex").
 */
/* EXPECT double-init misuse again first */
#include "scenario.h"

static pthread_mutex_t m;

static void start_logging(void)
{
	pthread_mutex_init(&m, NULL); /* @first */
}

static void start_network(void)
{
	pthread_mutex_init(&m, NULL); /* @again */
}

int main(void)
{
	start_logging();
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	start_network();
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return 0;
}

/* The program ends in an initialiser, whose exit handler takes a lock: nothing is to be said. */
/* EXPECT none */
/* EXIT 3 */
/* OUTPUT handled */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void handler(void)
{
	pthread_mutex_lock(&m);
	puts("handled");
	pthread_mutex_unlock(&m);
}

static void initialise(void)
{
	exit(3);
}

int main(void)
{
	atexit(handler);
	pthread_once(&once, initialise);
	return 0;
}

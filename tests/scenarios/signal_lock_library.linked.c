/* Installs a handler before the program, and before the recorder, begins. */
#include <pthread.h>
#include <signal.h>

pthread_mutex_t library_lock = PTHREAD_MUTEX_INITIALIZER;
void library_use(void);

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&library_lock); /* @inside */
	pthread_mutex_unlock(&library_lock);
}

static __attribute__((constructor)) void install(void)
{
	signal(SIGUSR1, on_signal);
}

void library_use(void)
{
	pthread_mutex_lock(&library_lock); /* @outside */
	pthread_mutex_unlock(&library_lock);
}

/*
 * One function takes the lock, and the handler calls it as the main thread does: a log that is
 * written from a handler too.
 */
/* EXPECT signal-lock misuse write inside outside */
#include "scenario.h"

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static volatile int lines;

static __attribute__((noinline)) void log_line(void)
{
	pthread_mutex_lock(&log_lock); /* @write */
	lines++;
	pthread_mutex_unlock(&log_lock);
}

static void on_signal(int number)
{
	(void)number;
	log_line(); /* @inside */
}

int main(void)
{
	CHECK(signal(SIGTERM, on_signal) == SIG_DFL);
	for (int i = 0; i < 10; i++)
		log_line(); /* @outside */
	CHECK(raise(SIGTERM) == 0);
	CHECK(lines == 11);
	return 0;
}

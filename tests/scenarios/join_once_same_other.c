/* The near miss of join_once_same.c: worker calls another once, which nobody initialises meanwhile.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_once_t another = PTHREAD_ONCE_INIT;
static pthread_t thread;

static void initialise(void);

static void nothing(void)
{
}

static void *worker(void *argument)
{
	turn_await(1);
	pthread_once(&another, nothing);
	return argument;
}

static void initialise(void)
{
	struct timespec until = far_future(CLOCK_REALTIME);

	turn_pass(1);
	CHECK(pthread_timedjoin_np(thread, NULL, &until) == 0);
}

int main(void)
{
	thread = start(worker, NULL);
	pthread_once(&once, initialise);

	return 0;
}

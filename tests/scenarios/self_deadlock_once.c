/*
 * An initialiser that comes to its own pthread_once. The call returns when the routine has
 * completed (POSIX), and that waits for the call.
 */
/* HANGS */
/* EXPECT self-deadlock observed outer inner */
#include "hang.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int configuration;

static void load(void);

static int get(void)
{
	pthread_once(&once, load); /* @inner */
	return configuration;
}

static void load(void)
{
	configuration = get() + 1;
}

int main(void)
{
	pthread_once(&once, load); /* @outer */
	return 0;
}

/*
 * The program limits its address space to what it has. Memory that is asked for later is not
 * given. The program itself needs none; it lives, whether its thousands of situations can be
 * recorded or not.
 */
/* EXPECT none */
/* ALLOW incomplete */
/* OUTPUT alive */
#include "scenario.h"
#include <sys/resource.h>

enum { COUNT = 3000 };

static pthread_mutex_t locks[COUNT];

static void *pairs(void *argument)
{
	for (int i = 0; i + 1 < COUNT; i++) {
		pthread_mutex_lock(&locks[i]);
		pthread_mutex_lock(&locks[i + 1]);
		pthread_mutex_unlock(&locks[i + 1]);
		pthread_mutex_unlock(&locks[i]);
	}
	return argument;
}

int main(void)
{
	const struct rlimit limit = {4096, 4096};

	CHECK(setrlimit(RLIMIT_AS, &limit) == 0);
	pairs(NULL);
	CHECK(write(1, "alive\n", 6) == 6);
	return 0;
}

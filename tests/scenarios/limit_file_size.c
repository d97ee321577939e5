/*
 * The program limits the size of the files it writes to 4 KiB; who writes beyond gets SIGXFSZ,
 * which ends the process (POSIX). The program itself writes no file. Then it makes thousands of
 * new situations. It lives, whether they can be recorded or not; if not, the report says so.
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

	CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	pairs(NULL);
	printf("alive\n");
	return 0;
}

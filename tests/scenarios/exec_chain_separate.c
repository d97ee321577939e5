/*
 * The near miss of exec_chain.c: one image takes a before b, the next one, of the same process at
 * the same addresses, b before a. After an exec nothing is left of the old image's threads and
 * locks.
 */
/* EXPECT none */
/* PROCESSES 2 */
/* ACQUISITIONS 4 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

int main(int argc, char **argv)
{
	char *const again[] = {argv[0], "again", NULL};

	if (argc > 1) {
		pthread_mutex_lock(&b);
		pthread_mutex_lock(&a);
		return 0;
	}
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	execv("/proc/self/exe", again);
	return 1;
}

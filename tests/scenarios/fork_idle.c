/*
 * Children that do nothing but end, in each of the ways there are, and one that forks such a child
 * itself: nothing of theirs is worth a trace, but that they were is known. The one that locks has
 * a trace.
 */
/* EXPECT none */
/* PROCESSES 6 */
/* THREADS 2 */
/* ACQUISITIONS 2 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void use(void)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
}

static void end(int way)
{
	pid_t child;

	if (way == 0)
		_exit(0);
	if (way == 1)
		exit(0);
	if (way == 2)
		use();
	if (way == 3) {
		child = fork();
		if (child == 0)
			_exit(7);
		CHECK(reap(child) == 7);
	}
	_exit(0);
}

int main(void)
{
	use();
	for (int way = 0; way < 4; way++) {
		pid_t child = fork();

		if (child == 0)
			end(way);
		CHECK(reap(child) == 0);
	}
	return 0;
}

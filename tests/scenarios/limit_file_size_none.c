/*
 * The program may write no files at all, and neither may its child, nor the program that it starts;
 * who does gets SIGXFSZ, which ends the process (POSIX). They do not. They live, whether they can
 * be recorded or not; if not, the report says so.
 */
/* EXPECT none */
/* ALLOW incomplete */
/* OUTPUT 7, 0 */
#include "scenario.h"
#include <sys/resource.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void take(void)
{
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
}

int main(void)
{
	const struct rlimit limit = {0, 0};
	pid_t child, other;
	int result;

	CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
	take();
	child = fork();
	if (child == 0) {
		take();
		_exit(7);
	}
	result = reap(child);
	other = fork();
	if (other == 0) {
		execl("/bin/true", "true", (char *)NULL);
		_exit(8);
	}
	printf("%d, %d\n", result, reap(other));
	return 0;
}

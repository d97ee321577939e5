/*
 * Makes a child with vfork, which takes a lock and ends.
 *
 *	vforks OTHERS
 *
 * OTHERS: how many calls a library in front of the C library must have seen; -1: there is none.
 */
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER;

int main(int count, char **arguments)
{
	const int *calls = dlsym(RTLD_DEFAULT, "vfork_calls");
	int status, wanted = count > 1 ? atoi(arguments[1]) : -1;
	pid_t child;

	pthread_mutex_lock(&a);
	errno = 77;
	child = vfork();
	if (child == 0) {
		pthread_mutex_lock(&b);
		_exit(5);
	}
	if (child < 0 || errno != 77)
		return 1;
	if (waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 5)
		return 2;
	pthread_mutex_unlock(&a);
	return (calls ? *calls : -1) == wanted ? 0 : 3;
}

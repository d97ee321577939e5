/* Usage: reloaded LIBRARY… One after the other is loaded, mostly to where the one before was. */
#include "reloaded.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>

enum { ROUNDS = 4, DEPTHS = 4 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void take(void)
{
	pthread_mutex_lock(&lock);
	pthread_mutex_unlock(&lock);
}

static void use(const char *path)
{
	void *library = dlopen(path, RTLD_NOW);
	enter_function *go = library ? (enter_function *)dlsym(library, "enter") : NULL;

	if (!go)
		abort();
	for (int depth = 0; depth < DEPTHS; depth++)
		go(depth);
	dlclose(library);
}

int main(int argc, char **argv)
{
	for (int round = 0; round < ROUNDS; round++)
		for (int i = 1; i < argc; i++)
			use(argv[i]);
	return 0;
}

/* Loads a library (gaps.c, linked as one) and runs its main. */
#include <dlfcn.h>
#include <stdio.h>

int main(int count, char **arguments)
{
	void *library = count > 1 ? dlopen(arguments[1], RTLD_NOW) : NULL;
	int (*start)(void) = library ? (int (*)(void))dlsym(library, "main") : NULL;

	if (!start)
		fprintf(stderr, "%s\n", dlerror());
	return start ? start() : 1;
}

/*
 * A library's constructor waits for a thread. Meanwhile dlopen holds the loader's lock (glibc,
 * elf/dl-open.c), so that whoever asks the loader for anything in that thread waits for ever.
 */
/* EXPECT none */
/* OUTPUT loaded */
/* ACQUISITIONS >=1 */
#include "scenario.h"
#include <dlfcn.h>

int main(void)
{
	CHECK(dlopen("dlopen_waits.so", RTLD_NOW));
	puts("loaded");
	return 0;
}

/* Owns what is known of runtimes that are linked to the program. */
#include "runtimes.h"

#include <dlfcn.h>
#include <link.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>

/* The program's, if it has them: bound by the loader, so that no search for them can fail. */
int Py_IsInitialized(void) __attribute__((weak));
void PyOS_setsig(void) __attribute__((weak));

static uintptr_t setsig, setsig_size; /* of PyOS_setsig; 0: not there */

static __attribute__((constructor)) void find_runtimes(void)
{
	ElfW(Sym) *symbol = NULL;
	Dl_info info;

	if (!Py_IsInitialized || !PyOS_setsig)
		return;
	if (!dladdr1((void *)(uintptr_t)&PyOS_setsig, &info, (void **)&symbol, RTLD_DL_SYMENT) ||
	    !symbol)
		return;
	setsig = (uintptr_t)&PyOS_setsig;
	setsig_size = symbol->st_size;
}

bool runtimes_install(int number, const void *site)
{
	return number == SIGINT && (uintptr_t)site - setsig < setsig_size && !Py_IsInitialized();
}

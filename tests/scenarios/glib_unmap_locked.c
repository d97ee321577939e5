/*
 * A page ends with a GMutex, which is unmapped while it is locked. Nothing may be read behind the
 * mutex: there the memory is not accessible. The same once more, given back before.
 */
/* NEEDS glib-2.0 */
/* EXPECT free-locked misuse act cause */
#include "glib_scenario.h"

#include <sys/mman.h>

enum { PAGE = 4096 };

/* The last thing before a page that cannot be read. */
static GMutex *at_the_end(void)
{
	char *pages =
		mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (pages == MAP_FAILED || mprotect(pages + PAGE, PAGE, PROT_NONE))
		abort();
	return (GMutex *)(void *)(pages + PAGE - sizeof(GMutex));
}

static void *page_of(GMutex *mutex)
{
	return (char *)mutex + sizeof(GMutex) - PAGE;
}

int main(void)
{
	GMutex *kept = at_the_end(), *given_back = at_the_end();

	g_mutex_lock(given_back);
	g_mutex_unlock(given_back);
	munmap(page_of(given_back), PAGE);
	g_mutex_lock(kept);	     /* @cause */
	munmap(page_of(kept), PAGE); /* @act */
	return 0;
}

/*
 * A handler of SIGSEGV opens a page that is protected, under a lock: the way of a garbage collector
 * to learn of writes. The main thread takes that lock too, but touches no such page while it holds
 * it, and a SIGSEGV comes from nothing else. So the handler never interrupts a holder.
 */
/* EXPECT none */
#include "scenario.h"
#include <sys/mman.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static char *page;
static long page_size;
static volatile int count;

static void on_fault(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)context;
	if (info->si_addr != page)
		_exit(98);
	pthread_mutex_lock(&m);
	mprotect(page, (size_t)page_size, PROT_READ | PROT_WRITE);
	count++;
	pthread_mutex_unlock(&m);
}

int main(void)
{
	const struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};

	page_size = sysconf(_SC_PAGESIZE);
	page = mmap(NULL, (size_t)page_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	CHECK(page != MAP_FAILED);
	CHECK(sigaction(SIGSEGV, &action, NULL) == 0);
	for (int i = 0; i < 10; i++) {
		*page = 1;
		pthread_mutex_lock(&m);
		CHECK(mprotect(page, (size_t)page_size, PROT_READ) == 0);
		pthread_mutex_unlock(&m);
	}
	CHECK(count == 10);
	return 0;
}

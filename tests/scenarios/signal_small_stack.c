/*
 * Handlers on the smallest alternate stack that the system promises to do (sysconf,
 * _SC_MINSIGSTKSZ), with 512 bytes for the handler itself, between two pages that must not be
 * touched.
 */
/* EXPECT none */
#include "scenario.h"
#include <sys/mman.h>

enum { OWN = 512 };

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static volatile int count;

static void on_signal(int number)
{
	(void)number;
	count++;
}

int main(void)
{
	const struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_ONSTACK};
	const size_t page = (size_t)sysconf(_SC_PAGESIZE);
	const size_t size = (size_t)sysconf(_SC_MINSIGSTKSZ) + OWN;
	const size_t inner = (size + page - 1) / page * page;
	char *area = mmap(NULL, inner + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	/* The lower end right at the guard page. */
	const stack_t stack = {.ss_sp = area + page, .ss_size = size};

	CHECK(area != MAP_FAILED);
	CHECK(mprotect(area + page, inner, PROT_READ | PROT_WRITE) == 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	CHECK(sigaltstack(&stack, NULL) == 0);
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	for (int i = 0; i < 100; i++)
		CHECK(raise(SIGUSR1) == 0);
	CHECK(count == 100);
	return 0;
}

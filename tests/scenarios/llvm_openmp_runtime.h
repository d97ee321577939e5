/* Stands in for LLVM's runtime, with its calls: a thread that has to wait yields until it may come
 * in, as there. */
#include "llvm_openmp.h"

#include <sched.h>

static void enter(int *section)
{
	while (__atomic_exchange_n(section, 1, __ATOMIC_ACQUIRE))
		sched_yield();
}

void __kmpc_critical(void *where, int thread, void *section)
{
	(void)where, (void)thread;
	enter(section);
}

void __kmpc_critical_with_hint(void *where, int thread, void *section, uintptr_t hint)
{
	(void)where, (void)thread, (void)hint;
	enter(section);
}

void __kmpc_end_critical(void *where, int thread, void *section)
{
	(void)where, (void)thread;
	__atomic_store_n((int *)section, 0, __ATOMIC_RELEASE);
}

/* As if each thread did one iteration, of its number. Of the loop: whose turn it is. */
void __kmpc_ordered(void *loop, int thread)
{
	while (__atomic_load_n((int *)loop, __ATOMIC_ACQUIRE) != thread)
		sched_yield();
}

void __kmpc_end_ordered(void *loop, int thread)
{
	__atomic_store_n((int *)loop, thread + 1, __ATOMIC_RELEASE);
}

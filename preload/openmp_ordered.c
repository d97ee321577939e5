/*
 * The ordered regions of OpenMP's loops, in GCC's runtime (libgomp) and in LLVM's (libomp): a lock
 * for each loop (openmp_order.h).
 *
 * Facts used: libgomp's last until the thread asks for its next iterations, and its end does
 * nothing (since GCC 4.2). The standard promises less, and that is what is recorded.
 *
 * Whether a thread has to wait depends on which iterations are done; that is not known here, so
 * each time counts as a wait, mostly a very short one.
 */
#include "openmp_order.h"

#define GOMP "libgomp.so.1"
#define KMP "libomp.so.5"

void GOMP_ordered_start(void);
void GOMP_ordered_end(void);
void __kmpc_ordered(void *where, int thread);
void __kmpc_end_ordered(void *where, int thread);

static void leave(const void *ordered)
{
	struct thread *self = thread_self();

	if (self && ordered)
		tree_release(self, ordered);
}

static const void *gomp_ordered(void)
{
	const struct thread *self = thread_self();

	return self && omp_is_innermost(self) ? omp_ordered(self) : NULL;
}

INTERPOSE_OF(GOMP_ordered_start, GOMP)
static int gomp_enter(const void *ordered, const void *site, const void *frame)
{
	ACQUIRE_AT(ordered, omp_ordered, site, frame, true, true, (REAL(GOMP_ordered_start)(), 0));
}

void GOMP_ordered_start(void)
{
	const void *ordered = gomp_ordered();

	if (ordered)
		gomp_enter(ordered, CALL_SITE, CALL_FRAME);
	else
		REAL(GOMP_ordered_start)();
}

INTERPOSE_OF(GOMP_ordered_end, GOMP)
void GOMP_ordered_end(void)
{
	leave(gomp_ordered());
	REAL(GOMP_ordered_end)();
}

static const void *kmp_ordered(void)
{
	const struct thread *self = thread_self();

	return self ? omp_ordered(self) : NULL;
}

INTERPOSE_OF(__kmpc_ordered, KMP)
static int kmp_enter(void *where, int thread, const void *ordered, const void *site,
		     const void *frame)
{
	ACQUIRE_AT(ordered, omp_ordered, site, frame, true, true,
		   (REAL(__kmpc_ordered)(where, thread), 0));
}

void __kmpc_ordered(void *where, int thread)
{
	const void *ordered = kmp_ordered();

	if (ordered)
		kmp_enter(where, thread, ordered, CALL_SITE, CALL_FRAME);
	else
		REAL(__kmpc_ordered)(where, thread);
}

INTERPOSE_OF(__kmpc_end_ordered, KMP)
void __kmpc_end_ordered(void *where, int thread)
{
	leave(kmp_ordered());
	REAL(__kmpc_end_ordered)(where, thread);
}

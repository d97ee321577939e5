/*
 * OpenMP's locks and critical sections, as programs call them in GCC's runtime (libgomp), whatever
 * that makes of them.
 *
 * Nothing of OpenMP is needed to build or to load this. As in glib.c functions that return nothing
 * are declared to return an int that nobody looks at.
 *
 * Facts used of libgomp (since GCC 4.4): the first int of an omp_lock_t is 0 while it is free; the
 * calls of OMP_1.0 and of OMP_3.0 are the same. That is not so of nestable locks, which have two
 * layouts that a call does not tell: those are left alone. A critical section with a name has a
 * variable of its own, whose address the call passes; all those without are one lock.
 */
#include "acquire.h"
#include "created.h"

#define GOMP "libgomp.so.1"

int omp_init_lock(void *lock);
int omp_destroy_lock(void *lock);
int omp_set_lock(void *lock);
int omp_unset_lock(void *lock);
int omp_test_lock(void *lock);
void GOMP_critical_start(void);
void GOMP_critical_end(void);
void GOMP_critical_name_start(void **section);
void GOMP_critical_name_end(void **section);

/* A guess: other runtimes have other layouts. */
static inline bool is_taken(const void *lock)
{
	return __atomic_load_n((const int *)lock, __ATOMIC_RELAXED) != 0;
}

INTERPOSE_OF(omp_init_lock, GOMP)
int omp_init_lock(void *lock)
{
	REAL(omp_init_lock)(lock);
	lock_created(lock, TRACE_LOCK_mutex, CALL_SITE, CALL_FRAME);
	return 0;
}

INTERPOSE_OF(omp_destroy_lock, GOMP)
int omp_destroy_lock(void *lock)
{
	REAL(omp_destroy_lock)(lock);
	lock_destroyed(lock);
	return 0;
}

INTERPOSE_OF(omp_set_lock, GOMP)
int omp_set_lock(void *lock)
{
	ACQUIRE(lock, omp_set_lock, is_taken(lock), true, (REAL(omp_set_lock)(lock), 0));
}

INTERPOSE_OF(omp_test_lock, GOMP)
int omp_test_lock(void *lock)
{
	TRY(lock, omp_test_lock, result, REAL(omp_test_lock)(lock));
}

INTERPOSE_OF(omp_unset_lock, GOMP)
int omp_unset_lock(void *lock)
{
	RELEASE(lock, true, REAL(omp_unset_lock)(lock));
}

/* Critical sections */

static int omp_critical; /* stands for all without a name; not 0 while somebody is in one */

static void leave(const void *section)
{
	struct thread *self = thread_self();

	if (self)
		tree_release(self, section);
}

INTERPOSE_OF(GOMP_critical_start, GOMP)
static int enter_any(const void *site, const void *frame)
{
	ACQUIRE_AT(&omp_critical, omp_critical, site, frame, is_taken(&omp_critical), true,
		   (REAL(GOMP_critical_start)(), 0));
}

void GOMP_critical_start(void)
{
	enter_any(CALL_SITE, CALL_FRAME);
	__atomic_store_n(&omp_critical, 1, __ATOMIC_RELAXED);
}

INTERPOSE_OF(GOMP_critical_end, GOMP)
void GOMP_critical_end(void)
{
	leave(&omp_critical);
	__atomic_store_n(&omp_critical, 0, __ATOMIC_RELAXED);
	REAL(GOMP_critical_end)();
}

INTERPOSE_OF(GOMP_critical_name_start, GOMP)
static int enter_named(void **section, const void *site, const void *frame)
{
	ACQUIRE_AT(section, omp_critical, site, frame, is_taken(section), true,
		   (REAL(GOMP_critical_name_start)(section), 0));
}

void GOMP_critical_name_start(void **section)
{
	enter_named(section, CALL_SITE, CALL_FRAME);
}

INTERPOSE_OF(GOMP_critical_name_end, GOMP)
void GOMP_critical_name_end(void **section)
{
	leave(section);
	REAL(GOMP_critical_name_end)(section);
}

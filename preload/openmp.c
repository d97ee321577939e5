/*
 * OpenMP's locks and critical sections, as programs call them in GCC's runtime (libgomp) and in
 * LLVM's (libomp), whatever these make of them.
 *
 * Nothing of OpenMP is needed to build or to load this. As in glib.c functions that return nothing
 * are declared to return an int that nobody looks at.
 *
 * Facts used of libgomp (since GCC 4.4): the calls of OMP_1.0 and of OMP_3.0 are the same, but for
 * nestable locks (openmp_nested.c). A critical section with a name has a variable of its own, whose
 * address the call passes; all those without are one lock. Of libomp (since LLVM 3.4): so has one
 * without a name.
 */
#include "acquire.h"
#include "created.h"

#define GOMP "libgomp.so.1"
#define KMP "libomp.so.5"

#define LOCK_DECLARATIONS(suffix) \
	int omp_init_lock##suffix(void *lock); \
	int omp_destroy_lock##suffix(void *lock); \
	int omp_set_lock##suffix(void *lock); \
	int omp_unset_lock##suffix(void *lock); \
	int omp_test_lock##suffix(void *lock);

LOCK_DECLARATIONS()
LOCK_DECLARATIONS(_)
void GOMP_critical_start(void);
void GOMP_critical_end(void);
void GOMP_critical_name_start(void **section);
void GOMP_critical_name_end(void **section);
void __kmpc_critical(void *where, int thread, void *section);
void __kmpc_critical_with_hint(void *where, int thread, void *section, uintptr_t hint);
void __kmpc_end_critical(void *where, int thread, void *section);

static inline bool is_taken(const void *section)
{
	return __atomic_load_n((const int *)section, __ATOMIC_RELAXED) != 0;
}

/*
 * The functions of one language, C's with no suffix; Fortran's pass the lock by its address, too.
 * Whether a lock is free its memory does not tell: each runtime has a layout of its own.
 */
#define LOCK_FUNCTIONS(suffix) \
	INTERPOSE_OF(omp_init_lock##suffix, GOMP) \
	int omp_init_lock##suffix(void *lock) \
	{ \
		REAL(omp_init_lock##suffix)(lock); \
		lock_created(lock, TRACE_LOCK_mutex, CALL_SITE, CALL_FRAME); \
		return 0; \
	} \
	INTERPOSE_OF(omp_destroy_lock##suffix, GOMP) \
	int omp_destroy_lock##suffix(void *lock) \
	{ \
		REAL(omp_destroy_lock##suffix)(lock); \
		lock_destroyed(lock); \
		return 0; \
	} \
	INTERPOSE_OF(omp_test_lock##suffix, GOMP) \
	int omp_test_lock##suffix(void *lock) \
	{ \
		TRY(lock, omp_test_lock, result, REAL(omp_test_lock##suffix)(lock)); \
	} \
	INTERPOSE_OF(omp_set_lock##suffix, GOMP) \
	int omp_set_lock##suffix(void *lock) \
	{ \
		const bool taken = !REAL(omp_test_lock##suffix)(lock); \
\
		ACQUIRE(lock, omp_set_lock, taken, true, \
			taken ? (REAL(omp_set_lock##suffix)(lock), 0) : 0); \
	} \
	INTERPOSE_OF(omp_unset_lock##suffix, GOMP) \
	int omp_unset_lock##suffix(void *lock) \
	{ \
		RELEASE(lock, true, REAL(omp_unset_lock##suffix)(lock)); \
	}

LOCK_FUNCTIONS()
LOCK_FUNCTIONS(_)

/* Critical sections */

/* Stands for all without a name; not 0 while somebody is in one. The analysis knows its name. */
static int gordian_unnamed_critical;

static void leave(const void *section)
{
	struct thread *self = thread_self();

	if (self)
		tree_release(self, section);
}

INTERPOSE_OF(GOMP_critical_start, GOMP)
static int enter_any(const void *site, const void *frame)
{
	ACQUIRE_AT(&gordian_unnamed_critical, omp_critical, site, frame,
		   is_taken(&gordian_unnamed_critical), true, (REAL(GOMP_critical_start)(), 0));
}

void GOMP_critical_start(void)
{
	enter_any(CALL_SITE, CALL_FRAME);
	__atomic_store_n(&gordian_unnamed_critical, 1, __ATOMIC_RELAXED);
}

INTERPOSE_OF(GOMP_critical_end, GOMP)
void GOMP_critical_end(void)
{
	leave(&gordian_unnamed_critical);
	__atomic_store_n(&gordian_unnamed_critical, 0, __ATOMIC_RELAXED);
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

/*
 * LLVM's: how many are in, or wait to come in, of all sections that fall to one place. Two of them
 * make each other look taken, which is a wait of no length.
 */
enum { PLACES_BITS = 6 };
static unsigned inside[1 << PLACES_BITS];

static unsigned *inside_of(const void *section)
{
	return &inside[(uintptr_t)section * LOCK_HASH_FACTOR >> (64 - PLACES_BITS)];
}

static bool come(const void *section)
{
	return __atomic_fetch_add(inside_of(section), 1, __ATOMIC_RELAXED) != 0;
}

INTERPOSE_OF(__kmpc_critical, KMP)
INTERPOSE_OF(__kmpc_critical_with_hint, KMP)
/* hint: NULL: it is called without one. */
static int enter(void *where, int thread, void *section, const uintptr_t *hint, const void *site,
		 const void *frame)
{
	const bool taken = come(section);

	ACQUIRE_AT(section, omp_critical, site, frame, taken, true,
		   (hint ? REAL(__kmpc_critical_with_hint)(where, thread, section, *hint)
			 : REAL(__kmpc_critical)(where, thread, section),
		    0));
}

void __kmpc_critical(void *where, int thread, void *section)
{
	enter(where, thread, section, NULL, CALL_SITE, CALL_FRAME);
}

void __kmpc_critical_with_hint(void *where, int thread, void *section, uintptr_t hint)
{
	enter(where, thread, section, &hint, CALL_SITE, CALL_FRAME);
}

INTERPOSE_OF(__kmpc_end_critical, KMP)
void __kmpc_end_critical(void *where, int thread, void *section)
{
	leave(section);
	REAL(__kmpc_end_critical)(where, thread, section);
	__atomic_fetch_sub(inside_of(section), 1, __ATOMIC_RELAXED);
}

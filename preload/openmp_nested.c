/*
 * OpenMP's nestable locks of GCC's runtime (libgomp), which whoever has them may take again; by C's
 * functions and, with "_" at the end, Fortran's.
 *
 * Facts used (since GCC 4.4): they have two layouts, of OMP_1.0 and of OMP_3.0, which are versions
 * of their functions. What is defined here goes by the second (versions.map), so that calls that
 * old programs make of the first pass us by. So do those of libomp's, whose version is called
 * VERSION: a linker makes a symbol of that name, too, which is one that a program's library may
 * have.
 *
 * How often one is taken only tells who takes it once more: a try by who has it.
 */
#include "acquire.h"
#include "created.h"

#define GOMP "libgomp.so.1"

#define VERSION(name) \
	int name(void *lock) __asm__("own_" #name); \
	__asm__(".symver own_" #name ", " #name "@@OMP_3.0");

#define DECLARATIONS(suffix) \
	VERSION(omp_init_nest_lock##suffix) \
	VERSION(omp_destroy_nest_lock##suffix) \
	VERSION(omp_set_nest_lock##suffix) \
	VERSION(omp_unset_nest_lock##suffix) \
	VERSION(omp_test_nest_lock##suffix)

#define FUNCTIONS(suffix) \
	INTERPOSE_OF(omp_init_nest_lock##suffix, GOMP) \
	int omp_init_nest_lock##suffix(void *lock) \
	{ \
		REAL(omp_init_nest_lock##suffix)(lock); \
		lock_created(lock, TRACE_LOCK_mutex, CALL_SITE, CALL_FRAME); \
		return 0; \
	} \
	INTERPOSE_OF(omp_destroy_nest_lock##suffix, GOMP) \
	int omp_destroy_nest_lock##suffix(void *lock) \
	{ \
		REAL(omp_destroy_nest_lock##suffix)(lock); \
		lock_destroyed(lock); \
		return 0; \
	} \
	INTERPOSE_OF(omp_test_nest_lock##suffix, GOMP) \
	int omp_test_nest_lock##suffix(void *lock) \
	{ \
		TRY(lock, omp_test_nest_lock, result == 1, \
		    REAL(omp_test_nest_lock##suffix)(lock)); \
	} \
	INTERPOSE_OF(omp_set_nest_lock##suffix, GOMP) \
	int omp_set_nest_lock##suffix(void *lock) \
	{ \
		const int times = REAL(omp_test_nest_lock##suffix)(lock); \
\
		ACQUIRE(lock, omp_set_nest_lock, !times, times < 2, \
			times ? 0 : (REAL(omp_set_nest_lock##suffix)(lock), 0)); \
	} \
	INTERPOSE_OF(omp_unset_nest_lock##suffix, GOMP) \
	int omp_unset_nest_lock##suffix(void *lock) \
	{ \
		const int times = REAL(omp_test_nest_lock##suffix)(lock); \
\
		if (times) \
			REAL(omp_unset_nest_lock##suffix)(lock); \
		RELEASE(lock, times == 2, (REAL(omp_unset_nest_lock##suffix)(lock), 0)); \
	}

DECLARATIONS()
DECLARATIONS(_)
FUNCTIONS()
FUNCTIONS(_)

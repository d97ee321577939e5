/*
 * What orders the threads of OpenMP, as GCC's runtime (libgomp) has them: they outlive a parallel
 * region, and are used again for the next.
 *
 * All that a region's creator did comes before all that the region's threads do in it, and that
 * before what the creator does afterwards. A barrier has two places, for every other round: a
 * thread that comes to the one after the next knows that all have left this one. So to leave comes
 * after all that came to the same place, be it in this round or in an earlier one.
 *
 * Of one creator all regions have the same places: its regions follow one another. One whose
 * threads can be let go by a cancellation has barriers of its own (GOMP_barrier_cancel); those that
 * are in it all the same (a barrier of a function that is called there) are left out, from the
 * first cancellation on. Left out are regions with reductions of tasks, those that GCC before 4.9
 * made, and what tasks order.
 */
#include "acquire.h"
#include "sync.h"

#define GOMP "libgomp.so.1"

enum { MOST_CREATORS = 1 << 12 };

enum point { BEGIN, END, EVEN_ROUND, ODD_ROUND, POINTS };

/* Only their addresses are used. */
static char points[MOST_CREATORS][POINTS];
static uint32_t creators;
static bool any_cancelled;

struct omp_region {
	void (*function)(void *);
	void *data;
	const struct thread *creator;
	uint32_t number; /* of the creator */
};

/* Nested regions are counted, also those that are not seen here. */
static int level(void)
{
	static int (*real)(void);
	int (*found)(void) = __atomic_load_n(&real, __ATOMIC_RELAXED);

	if (!found) {
		found = (int (*)(void))real_lookup_in("omp_get_level", GOMP);
		__atomic_store_n(&real, found, __ATOMIC_RELAXED);
	}
	return found ? found() : -1;
}

static void note(struct thread *self, uint32_t number, enum point point, bool after, uint16_t act,
		 const void *site, const void *frame)
{
	const uintptr_t address = (uintptr_t)&points[number - 1][point];

	if (self->busy)
		return;
	sync_note(self, &(struct sync){
				.object = (const void *)(address | LOCK_ANNOTATED),
				.site = site,
				.frame = frame,
				.kind = after ? TRACE_EVENT_after : TRACE_EVENT_before,
				.lock = TRACE_LOCK_custom,
				.act = act,
			});
}

static bool region_begin(struct omp_region *region, const void *site, const void *frame)
{
	struct thread *self = thread_self();

	if (!self || self->busy)
		return false;
	if (!self->team.number && __atomic_load_n(&creators, __ATOMIC_RELAXED) < MOST_CREATORS)
		self->team.number = __atomic_add_fetch(&creators, 1, __ATOMIC_RELAXED);
	if (!self->team.number || self->team.number > MOST_CREATORS)
		return false;
	region->creator = self;
	region->number = self->team.number;
	note(self, region->number, BEGIN, false, TRACE_ACT_omp_parallel, site, frame);
	return true;
}

static void region_end(const struct omp_region *region, const void *site, const void *frame)
{
	struct thread *self = thread_self();

	if (self)
		note(self, region->number, END, true, TRACE_ACT_omp_parallel_end, site, frame);
}

/* What each thread of a region runs, its creator as well. */
static void work(void *argument)
{
	const struct omp_region *region = argument;
	struct thread *self = thread_self();
	struct omp_team outer;

	if (!self) {
		region->function(region->data);
		return;
	}
	outer = self->team;
	self->team.region = region;
	self->team.round = 0;
	self->team.level = level();
	if (self != region->creator)
		note(self, region->number, BEGIN, true, TRACE_ACT_omp_parallel, CALL_SITE,
		     CALL_FRAME);
	region->function(region->data);
	if (self != region->creator)
		note(self, region->number, END, false, TRACE_ACT_omp_parallel_end, CALL_SITE,
		     CALL_FRAME);
	self->team.region = outer.region;
	self->team.round = outer.round;
	self->team.level = outer.level;
}

#define LIST(...) __VA_ARGS__

/* Its parameters and arguments between the number of threads and the flags. */
#define REGION(name, parameters, arguments) \
	void name(void (*function)(void *), void *data, unsigned threads, \
		  LIST parameters unsigned flags); \
	INTERPOSE_OF(name, GOMP) \
	void name(void (*function)(void *), void *data, unsigned threads, \
		  LIST parameters unsigned flags) \
	{ \
		struct omp_region region = {.function = function, .data = data}; \
\
		if (!region_begin(&region, CALL_SITE, CALL_FRAME)) { \
			REAL(name)(function, data, threads, LIST arguments flags); \
			return; \
		} \
		REAL(name)(work, &region, threads, LIST arguments flags); \
		region_end(&region, CALL_SITE, CALL_FRAME); \
	}
#define LOOP(name) REGION(name, (long first, long end, long by, ), (first, end, by, ))
#define LOOP_IN_CHUNKS(name) \
	REGION(name, (long first, long end, long by, long chunk, ), (first, end, by, chunk, ))

REGION(GOMP_parallel, (), ())
REGION(GOMP_parallel_sections, (unsigned sections, ), (sections, ))
LOOP_IN_CHUNKS(GOMP_parallel_loop_static)
LOOP_IN_CHUNKS(GOMP_parallel_loop_dynamic)
LOOP_IN_CHUNKS(GOMP_parallel_loop_guided)
LOOP_IN_CHUNKS(GOMP_parallel_loop_nonmonotonic_dynamic)
LOOP_IN_CHUNKS(GOMP_parallel_loop_nonmonotonic_guided)
LOOP(GOMP_parallel_loop_runtime)
LOOP(GOMP_parallel_loop_nonmonotonic_runtime)
LOOP(GOMP_parallel_loop_maybe_nonmonotonic_runtime)

/* Barriers */

/* NULL: it is not one of a region that is known. The same for all its threads. */
static struct thread *barrier_begin(const void *site, const void *frame)
{
	struct thread *self = thread_self();

	if (!self || !self->team.region || self->team.level != level())
		return NULL;
	note(self, self->team.region->number, EVEN_ROUND + self->team.round % 2, false,
	     TRACE_ACT_omp_barrier, site, frame);
	return self;
}

static void barrier_end(struct thread *self, const void *site, const void *frame)
{
	if (!self)
		return;
	if (!__atomic_load_n(&any_cancelled, __ATOMIC_ACQUIRE))
		note(self, self->team.region->number, EVEN_ROUND + self->team.round % 2, true,
		     TRACE_ACT_omp_barrier, site, frame);
	self->team.round++;
}

#define BARRIER(name) \
	void name(void); \
	INTERPOSE_OF(name, GOMP) \
	void name(void) \
	{ \
		struct thread *self = barrier_begin(CALL_SITE, CALL_FRAME); \
\
		REAL(name)(); \
		barrier_end(self, CALL_SITE, CALL_FRAME); \
	}

BARRIER(GOMP_barrier)
BARRIER(GOMP_loop_end)
BARRIER(GOMP_sections_end)

bool GOMP_cancel(int which, bool cancels);
INTERPOSE_OF(GOMP_cancel, GOMP)
bool GOMP_cancel(int which, bool cancels)
{
	if (cancels)
		__atomic_store_n(&any_cancelled, true, __ATOMIC_RELEASE);
	return REAL(GOMP_cancel)(which, cancels);
}

/*
 * The parallel regions and barriers of GCC's runtime (libgomp), whose threads outlive a region.
 * What they order: openmp_order.h.
 *
 * A region whose threads can be let go by a cancellation has barriers of its own
 * (GOMP_barrier_cancel), which are left out. So are regions with reductions of tasks, and those
 * that GCC before 4.9 made.
 */
#include "openmp_order.h"
#include "task_marks.h"

#define GOMP "libgomp.so.1"

struct omp_region {
	void (*function)(void *);
	void *data;
	uint32_t creator;
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

static bool region_begin(struct omp_region *region, const void *site, const void *frame)
{
	struct thread *self = thread_self();

	region->creator = self ? omp_creator(self) : 0;
	if (!region->creator)
		return false;
	omp_region_begins(self, region->creator, site, frame);
	if (level() == 0)
		tasks_fence(self);
	return true;
}

static void region_end(const struct omp_region *region, const void *site, const void *frame)
{
	struct thread *self = thread_self();

	if (self)
		omp_region_ended(self, region->creator, site, frame);
	if (self && level() == 0)
		tasks_fence(self);
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
	self->team = (struct omp_team){
		.number = outer.number,
		.depth = outer.depth,
		.region = region,
		.level = level(),
		.inside = region->creator,
	};
	omp_thread_begins(self, region->creator, CALL_SITE, CALL_FRAME);
	region->function(region->data);
	omp_thread_ends(self, region->creator, CALL_SITE, CALL_FRAME);
	outer.number = self->team.number;
	outer.depth = self->team.depth;
	self->team = outer;
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

bool omp_is_innermost(const struct thread *self)
{
	return self->team.region && self->team.level == level();
}

/* Barriers */

/* NULL: it is not one of a region that is known. The same for all its threads. */
static struct thread *barrier_begin(const void *site, const void *frame)
{
	struct thread *self = thread_self();

	if (!self || !omp_is_innermost(self))
		return NULL;
	omp_barrier_arrives(self, self->team.region->creator, self->team.round, site, frame);
	return self;
}

static void barrier_end(struct thread *self, const void *site, const void *frame)
{
	if (!self)
		return;
	omp_barrier_leaves(self, self->team.region->creator, self->team.round++, site, frame);
	if (self->team.level == 1)
		tasks_fence(self);
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

void GOMP_loop_end_nowait(void);
INTERPOSE_OF(GOMP_loop_end_nowait, GOMP)
void GOMP_loop_end_nowait(void)
{
	struct thread *self = thread_self();

	REAL(GOMP_loop_end_nowait)();
	if (self && omp_is_innermost(self))
		omp_loop_left(self);
}

bool GOMP_cancel(int which, bool cancels);
INTERPOSE_OF(GOMP_cancel, GOMP)
bool GOMP_cancel(int which, bool cancels)
{
	if (cancels)
		omp_cancelled();
	return REAL(GOMP_cancel)(which, cancels);
}

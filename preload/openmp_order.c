/* Owns the places. */
#include "openmp_order.h"
#include "sync.h"
#include "task_marks.h"

enum { MOST_CREATORS = 1 << 12, DEPTHS = 8, LOOPS = 4 };

enum point { BEGIN, END, EVEN_ROUND, ODD_ROUND, POINTS };

/* Only their addresses are used. */
static char points[MOST_CREATORS * DEPTHS][POINTS];
/* The analysis knows its name. */
static char gordian_omp_ordered[MOST_CREATORS * DEPTHS][LOOPS];
static uint32_t creators;
static bool any_cancelled;

uint32_t omp_creator(struct thread *self)
{
	if (!self->team.number && __atomic_load_n(&creators, __ATOMIC_RELAXED) < MOST_CREATORS)
		self->team.number = __atomic_add_fetch(&creators, 1, __ATOMIC_RELAXED);
	if (!self->team.number || self->team.number > MOST_CREATORS || self->team.depth >= DEPTHS)
		return 0;
	return (self->team.number - 1) * DEPTHS + self->team.depth + 1;
}

static bool is_own(const struct thread *self, uint32_t creator)
{
	return self->team.number == (creator - 1) / DEPTHS + 1;
}

static void note(struct thread *self, const char *point, uint16_t kind, uint16_t act,
		 const void *site, const void *frame)
{
	if (self->busy)
		return;
	sync_note(self, &(struct sync){
				.object = (const void *)((uintptr_t)point | LOCK_ANNOTATED),
				.site = site,
				.frame = frame,
				.kind = kind,
				.lock = TRACE_LOCK_custom,
				.act = act,
			});
}

void omp_region_begins(struct thread *self, uint32_t creator, const void *site, const void *frame)
{
	self->team.depth = (creator - 1) % DEPTHS + 1;
	note(self, &points[creator - 1][BEGIN], TRACE_EVENT_before, TRACE_ACT_omp_parallel, site,
	     frame);
}

void omp_region_ended(struct thread *self, uint32_t creator, const void *site, const void *frame)
{
	self->team.depth = (creator - 1) % DEPTHS;
	note(self, &points[creator - 1][END], TRACE_EVENT_after, TRACE_ACT_omp_parallel_end, site,
	     frame);
}

void omp_thread_begins(struct thread *self, uint32_t creator, const void *site, const void *frame)
{
	if (is_own(self, creator))
		return;
	note(self, &points[creator - 1][BEGIN], TRACE_EVENT_after, TRACE_ACT_omp_parallel, site,
	     frame);
	/* It had left the region before, and all that was to be done there is. */
	tasks_fence(self);
}

void omp_thread_ends(struct thread *self, uint32_t creator, const void *site, const void *frame)
{
	tasks_fence_ahead(self);
	if (!is_own(self, creator))
		note(self, &points[creator - 1][END], TRACE_EVENT_before,
		     TRACE_ACT_omp_parallel_end, site, frame);
}

void omp_barrier_arrives(struct thread *self, uint32_t creator, uint64_t round, const void *site,
			 const void *frame)
{
	tasks_fence_ahead(self);
	note(self, &points[creator - 1][EVEN_ROUND + round % 2], TRACE_EVENT_before,
	     TRACE_ACT_omp_barrier, site, frame);
}

void omp_barrier_leaves(struct thread *self, uint32_t creator, uint64_t round, const void *site,
			const void *frame)
{
	self->team.loops = 0;
	if (!__atomic_load_n(&any_cancelled, __ATOMIC_ACQUIRE))
		note(self, &points[creator - 1][EVEN_ROUND + round % 2], TRACE_EVENT_after,
		     TRACE_ACT_omp_barrier, site, frame);
}

void omp_loop_left(struct thread *self)
{
	if (self->team.loops < LOOPS)
		self->team.loops++;
}

const void *omp_ordered(const struct thread *self)
{
	if (!self->team.inside || self->team.loops >= LOOPS)
		return NULL;
	return &gordian_omp_ordered[self->team.inside - 1][self->team.loops];
}

void omp_cancelled(void)
{
	__atomic_store_n(&any_cancelled, true, __ATOMIC_RELEASE);
}

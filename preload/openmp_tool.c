/*
 * The parallel regions and barriers of LLVM's runtime (libomp), which tells a tool of them (OpenMP
 * 5.1, 4). What they order: openmp_order.h.
 *
 * A tool of the program's own comes first. Under ThreadSanitizer the runtime has one of its own
 * (Archer), which it takes if there is no other.
 */
#include "openmp_order.h"
#include "openmp_tool_tasks.h"

#include <stdlib.h>

#define KMP "libomp.so.5"

/* omp-tools.h, of which the machine may have none: numbers of the standard. */
enum { CANCEL_ACTIVATED = 0x10 };
enum { LOOP = 1, LOOP_STATIC = 10, LOOP_OTHER = 13 }; /* since 5.2 there are four kinds */
enum {
	BARRIER = 1,
	BARRIER_IMPLICIT = 2, /* of a loop's end or a region's: before 5.1 */
	BARRIER_EXPLICIT = 3,
	BARRIER_IMPLEMENTATION = 4,
	BARRIER_IMPLICIT_WORKSHARE = 8,
	BARRIER_IMPLICIT_PARALLEL = 9,
};

typedef void any_function(void);

struct start_tool_result {
	int (*initialize)(any_function *(*lookup)(const char *name), int device, union data *tool);
	void (*finalize)(union data *tool);
	union data tool;
};

/* Where the program called the runtime, if that is known. */
#define PLACE(site) ((site) ? (site) : CALL_SITE)

/*
 * What is remembered of a region: its creator, and of which region that was a thread, and where in
 * it. The numbers are small (openmp_order.c).
 */
enum { CREATOR_BITS = 24, LOOPS_SHIFT = 48, NESTED_SHIFT = 56 };
static const uint64_t CREATOR = (1 << CREATOR_BITS) - 1;

static uint32_t creator_of(const union data *region)
{
	return region ? region->value & CREATOR : 0;
}

static void remember(union data *region, uint32_t creator, const struct omp_team *outer)
{
	region->value = creator | (uint64_t)outer->inside << CREATOR_BITS |
			(uint64_t)outer->loops << LOOPS_SHIFT |
			(uint64_t)outer->nested << NESTED_SHIFT;
}

static void return_to(struct omp_team *team, const union data *inner)
{
	team->inside = inner->value >> CREATOR_BITS & CREATOR;
	team->loops = (uint8_t)(inner->value >> LOOPS_SHIFT);
	team->nested = inner->value >> NESTED_SHIFT & 1;
}

/* Whether it is inside of another region. */
static bool is_nested(const union data *region)
{
	return region && (region->value >> CREATOR_BITS & CREATOR);
}

/* Of what a thread does in a region is remembered how many barriers it has left. */
static void parallel_begin(union data *task, const void *frame, union data *region,
			   unsigned threads, int flags, const void *site)
{
	struct thread *self = thread_self();
	uint32_t creator = self ? omp_creator(self) : 0;

	(void)task, (void)frame, (void)threads, (void)flags;
	region->value = 0;
	if (self)
		remember(region, creator, &self->team);
	if (creator)
		omp_region_begins(self, creator, PLACE(site), CALL_FRAME);
	if (creator && !self->team.inside)
		tasks_fence(self);
}

static void parallel_end(union data *region, union data *task, int flags, const void *site)
{
	struct thread *self = thread_self();

	(void)task, (void)flags;
	if (self && region)
		return_to(&self->team, region);
	if (self && creator_of(region))
		omp_region_ended(self, creator_of(region), PLACE(site), CALL_FRAME);
	if (self && !self->team.inside)
		tasks_fence(self);
}

static void implicit_task(int scope, const union data *region, union data *task, unsigned threads,
			  unsigned index, int flags)
{
	struct thread *self = thread_self();

	(void)threads, (void)index, (void)flags;
	if (scope != SCOPE_BEGIN)
		return;
	task->value = 0;
	if (self) {
		self->team.inside = creator_of(region);
		self->team.loops = 0;
		self->team.nested = is_nested(region);
	}
	if (self && creator_of(region))
		omp_thread_begins(self, creator_of(region), CALL_SITE, CALL_FRAME);
}

static void work(int kind, int scope, const union data *region, const union data *task,
		 uint64_t count, const void *site)
{
	struct thread *self = thread_self();

	(void)region, (void)task, (void)count, (void)site;
	if (self && scope == SCOPE_END &&
	    (kind == LOOP || (kind >= LOOP_STATIC && kind <= LOOP_OTHER)))
		omp_loop_left(self);
}

/* A thread that is not the creator does not leave the last one before the next region. */
static void sync_region(int kind, int scope, const union data *region, union data *task,
			const void *site)
{
	const bool last = kind == BARRIER_IMPLICIT || kind == BARRIER_IMPLICIT_PARALLEL;
	struct thread *self = thread_self();
	const uint32_t creator = creator_of(region);

	if (self && task)
		tool_tasks_wait(self, kind, scope, task);
	if (!self || !creator || !task ||
	    !(last || kind == BARRIER || kind == BARRIER_EXPLICIT ||
	      kind == BARRIER_IMPLEMENTATION || kind == BARRIER_IMPLICIT_WORKSHARE))
		return;
	if (scope == SCOPE_BEGIN && last)
		omp_thread_ends(self, creator, PLACE(site), CALL_FRAME);
	if (scope == SCOPE_BEGIN)
		omp_barrier_arrives(self, creator, task->value, PLACE(site), CALL_FRAME);
	else if (scope == SCOPE_END)
		omp_barrier_leaves(self, creator, task->value++, PLACE(site), CALL_FRAME);
	if (scope == SCOPE_END && kind != BARRIER_IMPLEMENTATION && !is_nested(region))
		tasks_fence(self);
}

static void cancel(union data *task, int flags, const void *site)
{
	(void)task, (void)site;
	if (flags & CANCEL_ACTIVATED)
		omp_cancelled();
}

static int initialize(any_function *(*lookup)(const char *name), int device, union data *tool)
{
	static const struct {
		int event;
		any_function *function;
	} callbacks[] = {
		{3, (any_function *)parallel_begin},
		{4, (any_function *)parallel_end},
		{7, (any_function *)implicit_task},
		{23, (any_function *)sync_region},
		{20, (any_function *)work},
		{30, (any_function *)cancel},
		{5, (any_function *)tool_task_create},
		{6, (any_function *)tool_task_schedule},
	};
	int (*set)(int event, any_function *function) =
		(int (*)(int, any_function *))lookup("ompt_set_callback");

	(void)device, (void)tool;
	for (size_t i = 0; set && i < sizeof(callbacks) / sizeof(*callbacks); i++)
		set(callbacks[i].event, callbacks[i].function);
	return set != NULL;
}

static void finalize(union data *tool)
{
	(void)tool;
}

struct start_tool_result *ompt_start_tool(unsigned version, const char *runtime);
INTERPOSE_OF(ompt_start_tool, KMP)
struct start_tool_result *ompt_start_tool(unsigned version, const char *runtime)
{
	static struct start_tool_result own = {initialize, finalize, {0}};
	struct start_tool_result *(*real)(unsigned, const char *) = REAL(ompt_start_tool);
	struct start_tool_result *other = real ? real(version, runtime) : NULL;
	const char *libraries = getenv("OMP_TOOL_LIBRARIES");

	if (other || (libraries && *libraries) || real_lookup("__tsan_func_entry", NULL))
		return other;
	return &own;
}

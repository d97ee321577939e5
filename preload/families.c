/* The tables of operations and lock kinds: what each family knows about its locks. */
#include "families.h"

#include "mutex_misuse.h"

#include <gordian/trace_format.h>
#include <stddef.h>

static const uint16_t kinds[] = {
#define O(code, name, function, kind, flags) [code] = TRACE_LOCK_##kind,
	TRACE_OPS(O)
#undef O
};

static const uint16_t op_flags[] = {
#define O(code, name, function, kind, flags) [code] = flags,
	TRACE_OPS(O)
#undef O
};

/* What a lock's own memory tells. */
struct facts {
	uint16_t (*flags)(const void *lock); /* NULL: none */
	int (*owner)(const void *lock);	     /* NULL: it does not tell */
};

static const struct facts facts_of_kind[] = {
	[TRACE_LOCK_mutex] = {mutex_flags, mutex_owner},
	[TRACE_LOCK_rwlock] = {rwlock_flags, NULL},
	[TRACE_LOCK_semaphore] = {semaphore_flags, NULL},
	[TRACE_LOCK_condition] = {cond_flags, NULL},
	[TRACE_LOCK_barrier] = {barrier_flags, NULL},
};

enum { STREAM = 1, GLIB_MUTEX, GLIB_RECURSIVE, OTHER };

/* Locks that are not what the C library has of that kind. */
static const struct facts other_facts[] = {
	[STREAM] = {stream_flags, stream_owner},
	[GLIB_MUTEX] = {NULL, glib_mutex_owner},
	[GLIB_RECURSIVE] = {glib_recursive_flags, glib_recursive_owner},
	[OTHER] = {NULL, NULL},
};

static const uint8_t others[] = {
	[TRACE_OP_flockfile] = STREAM,
	[TRACE_OP_ftrylockfile] = STREAM,
	[TRACE_OP_g_mutex_lock] = GLIB_MUTEX,
	[TRACE_OP_g_mutex_trylock] = GLIB_MUTEX,
	[TRACE_OP_g_rec_mutex_lock] = GLIB_RECURSIVE,
	[TRACE_OP_g_rec_mutex_trylock] = GLIB_RECURSIVE,
	[TRACE_OP_g_rw_lock_writer_lock] = OTHER,
	[TRACE_OP_g_rw_lock_writer_trylock] = OTHER,
	[TRACE_OP_g_rw_lock_reader_lock] = OTHER,
	[TRACE_OP_g_rw_lock_reader_trylock] = OTHER,
	[TRACE_OP_g_cond_wait] = GLIB_MUTEX,
	[TRACE_OP_g_cond_wait_until] = GLIB_MUTEX,
	[TRACE_OP_g_cond_timed_wait] = GLIB_MUTEX,
	[TRACE_OP_g_cond] = OTHER,
	[TRACE_OP_g_cond_until] = OTHER,
	[TRACE_OP_g_cond_timed] = OTHER,
	[TRACE_OP_g_cond_signal] = OTHER,
	[TRACE_OP_g_cond_broadcast] = OTHER,
	[TRACE_OP_g_async_queue_pop] = OTHER,
	[TRACE_OP_g_async_queue_try_pop] = OTHER,
	[TRACE_OP_g_async_queue_timeout_pop] = OTHER,
	[TRACE_OP_g_async_queue_remove] = OTHER,
	[TRACE_OP_g_async_queue_lock] = GLIB_MUTEX,
	[TRACE_OP_omp_set_lock] = OTHER,
	[TRACE_OP_omp_test_lock] = OTHER,
	[TRACE_OP_omp_critical] = OTHER,
	[TRACE_OP_omp_set_nest_lock] = OTHER,
	[TRACE_OP_omp_test_nest_lock] = OTHER,
};

uint16_t op_kind(uint16_t op)
{
	return op < sizeof(kinds) / sizeof(kinds[0]) ? kinds[op] : 0;
}

bool op_is_of_libc(uint16_t op)
{
	return op_kind(op) && !(op < sizeof(others) / sizeof(others[0]) && others[op]);
}

bool op_is_shared(uint16_t op)
{
	return op < sizeof(op_flags) / sizeof(op_flags[0]) && op_flags[op] & TRACE_OP_SHARED;
}

bool op_gives(uint16_t op)
{
	return op < sizeof(op_flags) / sizeof(op_flags[0]) && op_flags[op] & TRACE_OP_SIGNAL;
}

bool op_is_timed(uint16_t op)
{
	return op < sizeof(op_flags) / sizeof(op_flags[0]) && op_flags[op] & TRACE_OP_TIMED;
}

bool op_reacquires(uint16_t op)
{
	return op < sizeof(op_flags) / sizeof(op_flags[0]) && op_flags[op] & TRACE_OP_REACQUIRE;
}

bool op_waits_on(uint16_t op)
{
	return op < sizeof(op_flags) / sizeof(op_flags[0]) &&
	       !(op_flags[op] & (TRACE_OP_TIMED | TRACE_OP_TRY));
}

static struct facts kind_facts(uint16_t kind)
{
	if (kind >= sizeof(facts_of_kind) / sizeof(facts_of_kind[0]))
		return (struct facts){NULL, NULL};
	return facts_of_kind[kind];
}

static struct facts op_facts(uint16_t op)
{
	if (op < sizeof(others) / sizeof(others[0]) && others[op])
		return other_facts[others[op]];
	return kind_facts(op_kind(op));
}

uint16_t kind_flags(uint16_t kind, const void *lock)
{
	struct facts facts = kind_facts(kind);

	return facts.flags ? facts.flags(lock) : 0;
}

uint16_t lock_flags(uint16_t op, const void *lock)
{
	struct facts facts = op_facts(op);

	return facts.flags ? facts.flags(lock) : 0;
}

int lock_owner(uint16_t op, const void *lock)
{
	struct facts facts = op_facts(op);

	return facts.owner ? facts.owner(lock) : LOCK_UNOWNED;
}

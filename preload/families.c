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

typedef uint16_t flags_function(const void *lock);

static flags_function *const flags_of[] = {
	[TRACE_LOCK_mutex] = mutex_flags,
	[TRACE_LOCK_rwlock] = rwlock_flags,
	[TRACE_LOCK_semaphore] = semaphore_flags,
};

static uint16_t no_flags(const void *lock)
{
	(void)lock;
	return 0;
}

/* Locks that are not what the C library has of that kind. */
static flags_function *const flags_of_op[] = {
	[TRACE_OP_flockfile] = stream_flags,
	[TRACE_OP_ftrylockfile] = stream_flags,
	[TRACE_OP_g_mutex_lock] = no_flags,
	[TRACE_OP_g_mutex_trylock] = no_flags,
	[TRACE_OP_g_rec_mutex_lock] = glib_recursive_flags,
	[TRACE_OP_g_rec_mutex_trylock] = glib_recursive_flags,
	[TRACE_OP_g_rw_lock_writer_lock] = no_flags,
	[TRACE_OP_g_rw_lock_writer_trylock] = no_flags,
	[TRACE_OP_g_rw_lock_reader_lock] = no_flags,
	[TRACE_OP_g_rw_lock_reader_trylock] = no_flags,
	[TRACE_OP_g_cond_wait] = no_flags,
	[TRACE_OP_g_cond_wait_until] = no_flags,
	[TRACE_OP_g_cond_timed_wait] = no_flags,
};

uint16_t op_kind(uint16_t op)
{
	return op < sizeof(kinds) / sizeof(kinds[0]) ? kinds[op] : 0;
}

bool op_is_shared(uint16_t op)
{
	return op < sizeof(op_flags) / sizeof(op_flags[0]) && op_flags[op] & TRACE_OP_SHARED;
}

uint16_t kind_flags(uint16_t kind, const void *lock)
{
	if (kind >= sizeof(flags_of) / sizeof(flags_of[0]) || !flags_of[kind])
		return 0;
	return flags_of[kind](lock);
}

int kind_owner(uint16_t kind, const void *lock)
{
	static int (*const owners[])(const void *lock) = {
		[TRACE_LOCK_mutex] = mutex_owner,
	};

	if (kind >= sizeof(owners) / sizeof(owners[0]) || !owners[kind])
		return LOCK_UNOWNED;
	return owners[kind](lock);
}

uint16_t lock_flags(uint16_t op, const void *lock)
{
	flags_function *const *known = &flags_of_op[op];

	if (op < sizeof(flags_of_op) / sizeof(flags_of_op[0]) && *known)
		return (*known)(lock);
	return kind_flags(op_kind(op), lock);
}

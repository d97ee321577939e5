/* Owns the joiners: true cases beside near misses, each of the smallest difference. */
#include "joiners.h"
#include "compiled.h"
#include <stddef.h>

static APART void wait_for_done(struct pool *pool)
{
	while (!pool->done)
		pthread_cond_wait(&pool->changed, &pool->lock);
	barrier();
}

static APART void wait_deeper(long unused, struct pool *pool)
{
	barrier();
	wait_for_done(pool);
	pool->full = unused;
}

static APART void wait_deepest(struct pool *pool)
{
	wait_deeper(1, pool);
	barrier();
}

static APART void wait_too_deep(struct pool *pool)
{
	wait_deepest(pool);
	barrier();
}

static APART void wait_for_other(struct pool *pool)
{
	while (!pool->full)
		pthread_cond_wait(&pool->other, &pool->lock);
	barrier();
}

static APART void wait_once(struct pool *pool)
{
	pthread_cond_wait(&pool->changed, &pool->lock);
	barrier();
}

static APART void wait_until(struct pool *pool, const struct timespec *time)
{
	while (!pool->done)
		if (time) {
			if (pthread_cond_timedwait(&pool->changed, &pool->lock, time))
				break;
		} else {
			pthread_cond_wait(&pool->changed, &pool->lock);
		}
	barrier();
}

static APART long wait_by_kind(struct pool *pool, int kind)
{
	switch (kind) {
	case 0:
		return 3;
	case 1:
		barrier();
		return pool->full;
	case 2:
		pool->full = 0;
		return pool->done * 3;
	case 3:
		return pthread_mutex_trylock(&pool->lock);
	case 4:
		while (!pool->done)
			pthread_cond_wait(&pool->changed, &pool->lock);
		return 1;
	case 5:
		return pthread_cond_signal(&pool->other);
	case 6:
		return pthread_cond_broadcast(&pool->other);
	default:
		return 0;
	}
}

/* As in pigz. */
static APART void wait_by_case(struct pool *pool, int kind, long value)
{
	switch (kind) {
	case 0:
		while (pool->done != value)
			if (pthread_cond_wait(&pool->changed, &pool->lock))
				return;
		break;
	case 1:
		while (pool->done == value)
			if (pthread_cond_wait(&pool->changed, &pool->lock))
				return;
		break;
	case 2:
		while (pool->done <= value)
			if (pthread_cond_wait(&pool->changed, &pool->lock))
				return;
	}
	barrier();
}

static APART void wait_if(struct pool *pool, bool wait)
{
	if (!wait)
		return;
	wait_for_done(pool);
	barrier();
}

static APART void wait_with(struct pool *pool, pthread_mutex_t *lock)
{
	while (!pool->done)
		pthread_cond_wait(&pool->changed, lock);
	barrier();
}

static APART void choose(struct pool **pool)
{
	*pool = (*pool)->next;
	barrier();
}

static APART void wait_for_chosen(struct pool *pool)
{
	choose(&pool);
	wait_for_done(pool);
	barrier();
}

struct cursor {
	long kind, number;
	struct pool *pool;
};

struct large_cursor {
	struct cursor cursor;
	long rest[30];
};

static APART void advance(struct cursor *cursor)
{
	cursor->pool = cursor->pool->next;
	barrier();
}

static APART void wait_by_sign(struct pool *pool, int sign)
{
	if (sign < 0)
		return;
	wait_for_done(pool);
	barrier();
}

static inline int find_state(struct pool *pool, int state)
{
	int i = 0;
	while (pool->states[i] != state)
		if (++i > pool->states[0])
			return -1;
	return i;
}

/* What one does who takes the lock, and joins under it. */
#define JOINER(name, before) \
	static APART void name(struct pool *pool) \
	{ \
		pthread_mutex_lock(&pool->lock); \
		before; \
		pthread_join(pool->thread, NULL); \
		pthread_mutex_unlock(&pool->lock); \
		barrier(); \
	}

JOINER(asks_inside, while (!pool->done) pthread_cond_wait(&pool->changed, &pool->lock))
JOINER(asks_inside_either,
       while (pool->done < 3 || pool->full) pthread_cond_wait(&pool->changed, &pool->lock))
JOINER(asks_outside, wait_for_done(pool))
JOINER(asks_deepest, wait_deepest(pool))
JOINER(asks_in_loop, while (!pool->done) wait_once(pool))
JOINER(asks_by_kind, wait_by_kind(pool, 4))
JOINER(asks_by_any_kind, wait_by_kind(pool, pool->states[1]))
JOINER(asks_by_any_case, wait_by_case(pool, pool->states[1], 0))
JOINER(asks_by_case, wait_by_case(pool, 1, 0))
JOINER(asks_by_another_case, wait_by_case(pool, 3, 0))
JOINER(asks_if, wait_if(pool, true))
JOINER(asks_if_not, wait_if(pool, false))
JOINER(asks_either, wait_if(pool, pool->full))
JOINER(asks_with_lock, wait_with(pool, &pool->lock))
JOINER(asks_with_another_lock, wait_with(pool, &pool->next->lock))
JOINER(asks_for_bit, while (!pool->finished) pthread_cond_wait(&pool->changed, &pool->lock))
JOINER(asks_if_other_bit,
       if (pool->wanted) while (!pool->finished) pthread_cond_wait(&pool->changed, &pool->lock))
JOINER(asks_if_both_bits,
       if ((pool->flags & 3) == 2) do pthread_cond_wait(&pool->changed, &pool->lock);
       while (!(pool->flags & 1)))
JOINER(asks_chosen, wait_for_chosen(pool))
JOINER(asks_by_search,
       while (find_state(pool, 3) < 0) pthread_cond_wait(&pool->changed, &pool->lock))
JOINER(asks_too_deep, wait_too_deep(pool))
JOINER(asks_not, pool->full++)
JOINER(asks_for_other, wait_for_other(pool))
JOINER(asks_other_inside, while (!pool->full) pthread_cond_wait(&pool->other, &pool->lock))
JOINER(asks_another, wait_for_done(pool->next))
JOINER(asks_sometimes, if (pool->full) wait_for_done(pool))
JOINER(asks_sometimes_inside,
       if (pool->full) while (!pool->done) pthread_cond_wait(&pool->changed, &pool->lock))
JOINER(asks_once, if (!pool->done) pthread_cond_wait(&pool->changed, &pool->lock))
JOINER(asks_once_outside, wait_once(pool))
JOINER(asks_sometimes_by_search, if (pool->full) while (find_state(pool, 3) < 0)
					 pthread_cond_wait(&pool->changed, &pool->lock))
JOINER(asks_until, wait_until(pool, pool->limit))

JOINER(asks_by_sign, wait_by_sign(pool, 3))
JOINER(asks_by_other_sign, wait_by_sign(pool, -3))

/* Pointers to the pool, in its joiner's frame. */
static APART void asks_at_cursor(struct pool *pool)
{
	struct cursor cursor = {.kind = 1, .pool = pool};
	pthread_mutex_lock(&pool->lock);
	wait_for_done(cursor.pool);
	pthread_join(pool->thread, (void **)&cursor.number);
	pthread_mutex_unlock(&pool->lock);
	pool->full = cursor.number;
}

static APART void asks_at_next(struct pool *pool)
{
	struct cursor cursor = {.kind = 1, .pool = pool};
	pthread_mutex_lock(&pool->lock);
	advance(&cursor);
	wait_for_done(cursor.pool);
	pthread_join(pool->thread, NULL);
	pthread_mutex_unlock(&pool->lock);
	barrier();
}

/* A block of memory is copied. */
static APART void asks_at_copy(struct pool *pool)
{
	struct large_cursor large = {.cursor.pool = pool};
	pthread_mutex_lock(&pool->lock);
	if (pool->full)
		large = *(struct large_cursor *)pool->next;
	wait_for_done(large.cursor.pool);
	pthread_join(pool->thread, NULL);
	pthread_mutex_unlock(&pool->lock);
	advance(&large.cursor);
}

static APART void asks_at_any(struct pool *pool)
{
	struct pool *volatile pools[8];
	pools[5] = pool;
	pools[pool->states[0]] = pool->next;
	pthread_mutex_lock(&pool->lock);
	wait_for_done(pools[5]);
	pthread_join(pool->thread, NULL);
	pthread_mutex_unlock(&pool->lock);
	barrier();
}

/* What is known of a pointer outlives that the join has a place for the thread's result. */
static APART void asks_before_result(struct pool *pool)
{
	struct pool *volatile place = pool;
	void *volatile result;
	pthread_mutex_lock(&pool->lock);
	wait_for_done(place);
	pthread_join(pool->thread, (void **)&result);
	pthread_mutex_unlock(&pool->lock);
	pool->unused = (long)result;
}

/* One call takes the lock, and another one joins. */
static APART void asks_in_first_step(struct pool *pool)
{
	if (pool->states[0] == 0) {
		pthread_mutex_lock(&pool->lock);
		if (pool->full)
			return;
		while (!pool->done)
			pthread_cond_wait(&pool->changed, &pool->lock);
	}
	pthread_join(pool->thread, NULL);
	pthread_mutex_unlock(&pool->lock);
	barrier();
}

static APART void asks_in_each_step(struct pool *pool)
{
	if (pool->states[0] == 0) {
		pthread_mutex_lock(&pool->lock);
		if (pool->full)
			return;
	}
	while (!pool->done)
		pthread_cond_wait(&pool->changed, &pool->lock);
	pthread_join(pool->thread, NULL);
	pthread_mutex_unlock(&pool->lock);
	barrier();
}

/* There is no other way to the join than by the lock. */
static APART void asks_or_leaves(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	if (pool->full) {
		pthread_mutex_unlock(&pool->lock);
		return;
	}
	while (!pool->done)
		pthread_cond_wait(&pool->changed, &pool->lock);
	pthread_join(pool->thread, NULL);
	pthread_mutex_unlock(&pool->lock);
	barrier();
}

static APART void asks_after(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pthread_join(pool->thread, NULL);
	wait_for_done(pool);
	pthread_mutex_unlock(&pool->lock);
	barrier();
}

static APART void asks_in_turn(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	for (int i = 0; i < 5; i++) {
		int state = pool->states[i];
		if (state == 2)
			break;
		if (state == 1)
			pthread_cond_wait(&pool->changed, &pool->lock);
		else
			pool->full++;
	}
	pthread_join(pool->thread, NULL);
	pthread_mutex_unlock(&pool->lock);
	barrier();
}

static APART void asks_before(struct pool *pool)
{
	wait_for_done(pool);
	pthread_mutex_lock(&pool->lock);
	pthread_join(pool->thread, NULL);
	pthread_mutex_unlock(&pool->lock);
	barrier();
}

/* A function in parts, each of which begins where another one ends, as linkers lay them out that
 * leave out jumps: this one waits only if something is not full. */
void asks_in_part(struct pool *pool);
__asm__(".text\n"
	".type asks_in_part, @function\n"
	"asks_in_part:\n"
	"	.cfi_startproc\n"
	"	push %rbx\n"
	"	mov %rdi, %rbx\n"
	"	lea 8(%rbx), %rdi\n"
	"	call pthread_mutex_lock@plt\n"
	"	cmpq $0, 152(%rbx)\n"
	"	je 2f\n"
	"	.cfi_endproc\n"
	"	.cfi_startproc\n"
	"1:	mov 160(%rbx), %rdi\n"
	"	xor %esi, %esi\n"
	"	call pthread_join@plt\n"
	"	pop %rbx\n"
	"	ret\n"
	"	.cfi_endproc\n"
	"	.cfi_startproc\n"
	"2:	cmpq $0, 144(%rbx)\n"
	"	jne 1b\n"
	"	lea 48(%rbx), %rdi\n"
	"	lea 8(%rbx), %rsi\n"
	"	call pthread_cond_wait@plt\n"
	"	jmp 2b\n"
	"	.cfi_endproc\n");
_Static_assert(offsetof(struct pool, lock) == 8 && offsetof(struct pool, changed) == 48 &&
		       offsetof(struct pool, done) == 144 && offsetof(struct pool, full) == 152 &&
		       offsetof(struct pool, thread) == 160,
	       "as in asks_in_part");

/*
 * What a function is given lies in its frame then, a number in half a word; and in the frame of who
 * has handed out a part of his, anything may have become of the rest. That is not followed.
 */
#ifdef __OPTIMIZE__
#define UNOPTIMISED false
#else
#define UNOPTIMISED true
#endif

const struct joiner joiners[JOINERS] = {
	{asks_inside, true},
	{asks_inside_either, true},
	{asks_outside, true},
	{asks_deepest, true},
	{asks_in_loop, true},
	{asks_by_kind, false}, /* it does, but by a computed jump */
	{asks_by_any_kind, false},
	{asks_by_any_case, false},
	{asks_by_case, true, UNOPTIMISED},
	{asks_by_another_case, false},
	{asks_if, true, UNOPTIMISED},
	{asks_if_not, false},
	{asks_either, false},
	{asks_with_lock, true},
	{asks_with_another_lock, false},
	{asks_for_bit, true},
	{asks_if_other_bit, false},
	{asks_if_both_bits, false},
	{asks_chosen, false},
	{asks_by_search, true},
	{asks_too_deep, false},
	{asks_not, false},
	{asks_for_other, false},
	{asks_other_inside, false},
	{asks_another, false},
	{asks_sometimes, false},
	{asks_sometimes_inside, false},
	{asks_once, false},
	{asks_once_outside, false},
	{asks_sometimes_by_search, false},
	{asks_in_turn, false},
	{asks_until, false},
	{asks_by_sign, true, UNOPTIMISED},
	{asks_by_other_sign, false},
	{asks_at_cursor, true, UNOPTIMISED},
	{asks_at_next, false},
	{asks_at_copy, false},
	{asks_at_any, false},
	{asks_before_result, true},
	{asks_in_first_step, false},
	{asks_in_each_step, true},
	{asks_or_leaves, true},
	{asks_in_part, false},
	{asks_after, false},
	{asks_before, false},
};

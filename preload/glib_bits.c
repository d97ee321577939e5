/*
 * Locks of GLib that are one bit of an int or a pointer. The lock is known by the address of that
 * word. Where several bits of one word are locks they would be taken for one: then the word counts
 * for nothing (locks_is_part).
 */
#include "acquire.h"

#define GLIB "libglib-2.0.so.0"

int g_bit_lock(void *word, int bit);
int g_bit_trylock(void *word, int bit);
int g_bit_unlock(void *word, int bit);
int g_pointer_bit_lock(void *word, int bit);
int g_pointer_bit_trylock(void *word, int bit);
int g_pointer_bit_unlock(void *word, int bit);

/* Whether operations on this bit are to be recorded. */
static bool is_lock(const void *word, int bit)
{
	struct thread *self = thread_self();
	struct slow slow;
	bool is;

	if (!self || self->busy)
		return false;
	slow_begin(&slow, self);
	is = locks_is_part(self, word, (uint8_t)(bit + 1));
	slow_end(&slow);
	return is;
}

static bool bit_taken(const void *word, int bit)
{
	return __atomic_load_n((const unsigned *)word, __ATOMIC_RELAXED) >> bit & 1;
}

INTERPOSE_OF(g_bit_lock, GLIB)
int g_bit_lock(void *word, int bit)
{
	if (!is_lock(word, bit))
		return REAL(g_bit_lock)(word, bit);
	ACQUIRE(word, g_bit_lock, bit_taken(word, bit), true, (REAL(g_bit_lock)(word, bit), 0));
}

INTERPOSE_OF(g_bit_trylock, GLIB)
int g_bit_trylock(void *word, int bit)
{
	if (!is_lock(word, bit))
		return REAL(g_bit_trylock)(word, bit);
	TRY(word, g_bit_trylock, result, REAL(g_bit_trylock)(word, bit));
}

INTERPOSE_OF(g_bit_unlock, GLIB)
int g_bit_unlock(void *word, int bit)
{
	RELEASE(word, is_lock(word, bit), REAL(g_bit_unlock)(word, bit));
}

static bool pointer_bit_taken(const void *word, int bit)
{
	return __atomic_load_n((const size_t *)word, __ATOMIC_RELAXED) >> bit & 1;
}

INTERPOSE_OF(g_pointer_bit_lock, GLIB)
int g_pointer_bit_lock(void *word, int bit)
{
	if (!is_lock(word, bit))
		return REAL(g_pointer_bit_lock)(word, bit);
	ACQUIRE(word, g_pointer_bit_lock, pointer_bit_taken(word, bit), true,
		(REAL(g_pointer_bit_lock)(word, bit), 0));
}

INTERPOSE_OF(g_pointer_bit_trylock, GLIB)
int g_pointer_bit_trylock(void *word, int bit)
{
	if (!is_lock(word, bit))
		return REAL(g_pointer_bit_trylock)(word, bit);
	TRY(word, g_pointer_bit_trylock, result, REAL(g_pointer_bit_trylock)(word, bit));
}

INTERPOSE_OF(g_pointer_bit_unlock, GLIB)
int g_pointer_bit_unlock(void *word, int bit)
{
	RELEASE(word, is_lock(word, bit), REAL(g_pointer_bit_unlock)(word, bit));
}

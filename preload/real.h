/*
 * The real functions behind the interposed ones.
 *
 * INTERPOSE(f) stands in front of the definition of f: it exports f (everything else is hidden) and
 * declares the slot that holds the next definition of f in the search order. REAL(f) is that
 * definition; it is looked up by our constructor, or on first use, which may be before that, and
 * inside an allocator. dlsym does not allocate when it finds the symbol, and it is never a tail
 * call here: RTLD_NEXT is relative to the caller's return address.
 *
 * A library that is linked later, or is missing a function, gives REAL(f) == NULL only for
 * functions that nobody can have called.
 */
#ifndef GORDIAN_REAL_H
#define GORDIAN_REAL_H

#include <stdbool.h>
#include <stddef.h>

struct link_map;

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

/* Of functions that are called often: they lie side by side, in few pages of memory. */
#define OFTEN __attribute__((hot))

/*
 * Where an interposer was called from, and its frame: the address below which its own variables
 * lie, told by the ABI (two words below the caller's frame) so that no frame pointer is needed.
 */
#define CALL_SITE __builtin_return_address(0)
#define CALL_FRAME ((const void *)((const char *)__builtin_dwarf_cfa() - 2 * sizeof(void *)))

/* Like INTERPOSE, for a definition that is built on another interposed one. */
#define EXPORT(name) extern __typeof__(name) name __attribute__((visibility("default")));

/* Ours, by a name that nobody else can define, and the slot of the real one. */
struct real_pair {
	const void *own;
	const void *slot;
};

/* `lookup` is an expression that finds the real function. */
#define INTERPOSE_FOUND(name, lookup) \
	extern __typeof__(name) name __attribute__((visibility("default"))); \
	static __typeof__(name) *real_##name; \
	static __attribute__((noinline, cold)) __typeof__(name) *resolve_##name(void) \
	{ \
		real_##name = (__typeof__(name) *)lookup; \
		return real_##name; \
	}

/*
 * Looked up by our constructor: a function may first be called in a signal handler, in the child of
 * a fork, or while another thread is in dlopen and waits for the caller. dlsym takes the loader's
 * lock, which nobody may ever give back then.
 */
#define INTERPOSE_VERSIONED(name, version) \
	INTERPOSE_FOUND(name, real_lookup(#name, version)) \
	extern __typeof__(name) own_##name __attribute__((visibility("hidden"))); \
	__asm__(".set own_" #name ", " #name); \
	static const struct real_pair pair_##name \
		__attribute__((used, section("gordian_pairs"))) = {own_##name, &real_##name}; \
	static void early_##name(void) \
	{ \
		resolve_##name(); \
	} \
	static void (*const early_entry_##name)(void) \
		__attribute__((used, section("gordian_early"))) = early_##name;

/* Version: NULL for the default one. */
#define INTERPOSE(name) INTERPOSE_VERSIONED(name, 0)
/* A function of a library other than the C library: it may be loaded later, and privately. */
#define INTERPOSE_OF(name, library) INTERPOSE_FOUND(name, real_lookup_in(#name, library))

/* Looks up all of those: INTERPOSE and INTERPOSE_VERSIONED. */
void real_resolve_early(void);

#define REAL(name) (*(likely(real_##name) ? real_##name : resolve_##name()))

/* What we have in front of this function, if that is the one we call; else the function itself. */
void *real_own(void *function);

/*
 * The object that is mapped at that address; NULL: none. dladdr would also say which of its symbols
 * is the nearest, and look at all of them for that.
 */
const struct link_map *real_object(const void *address);
/* Whether both are in the same one. */
bool real_same_object(const void *one, const void *other);
/* The next definition of a function, or NULL. Keeps errno. */
void *real_lookup(const char *name, const char *version);
/*
 * The same for a library that a program may have loaded with dlopen and RTLD_LOCAL: then it is not
 * in the search order that we are in, while its callers find us first all the same. `library` is
 * its soname.
 */
void *real_lookup_in(const char *name, const char *library);

#endif

/* Owns libunwind's functions, and where a walk is. */
#include "walk.h"

#include "modules.h"
#include "own_unwinder.h"
#include "system.h"
#include "walk_rules.h"

#include <dlfcn.h>
#include <string.h>

#define NAME_TEXT(name) #name
#define NAME_OF(name) NAME_TEXT(name)

enum { READABLE_PAGES = 8 };

struct unwinder unwinder;
bool unwinder_ready;
struct walk walk;

/* Pages known to be readable in this walk. */
static uint64_t pages[READABLE_PAGES];
static unsigned next_page;

/* What libunwind has found out itself is of these modules. */
static unw_addr_space_t *space_of_all;
static uint32_t generation;

bool walk_is_own(uint64_t address)
{
	return walk_is_in_stack(address) || address - (uintptr_t)&walk < sizeof(walk);
}

bool walk_readable(uint64_t address)
{
	uint64_t page = address >> 12;

	if (walk_is_own(address))
		return true;
	/* 0 marks a free place below, and is never mapped. */
	if (!page)
		return false;
	for (unsigned i = 0; i < READABLE_PAGES; i++) {
		if (pages[i] == page)
			return true;
	}
	if (!sys_readable((void *)address))
		return false;
	pages[next_page++ % READABLE_PAGES] = page;
	return true;
}

/*
 * How the unwinder reads memory. Its own way is to write to a pipe that it keeps open, to see
 * whether the address is valid: two descriptors in the program's range, and bytes read from
 * whatever file takes their place when the program closes them.
 *
 * Words of a stack are aligned. Of code without tables the unwinder looks whether it can be read
 * where it goes on, wherever that is, and if it cannot takes the return address to be elsewhere.
 */
static int access_memory(unw_addr_space_t space, unw_word_t address, unw_word_t *value, int write,
			 void *unused)
{
	(void)space;
	(void)unused;
	const unw_word_t first = address & ~(sizeof(*value) - 1);

	if (write || !walk_readable(first))
		return -UNW_EINVAL;
	if (address != first && (walk_is_own(address) || !walk_readable(first + sizeof(*value))))
		return -UNW_EINVAL;
	memcpy(value, (const void *)address, sizeof(*value));
	return 0;
}

static bool use_own_access(const unw_addr_space_t *space)
{
	unw_accessors_t *accessors = space ? unwinder.get_accessors(*space) : NULL;

	if (!accessors)
		return false;
	accessors->access_mem = access_memory;
	return true;
}

void walk_load(void)
{
	void *library = own_unwinder_load();

	if (!library)
		return;
	space_of_all = dlsym(library, NAME_OF(UNW_OBJ(local_addr_space)));
	unwinder.flush_cache = dlsym(library, NAME_OF(UNW_ARCH_OBJ(flush_cache)));
	unwinder.getcontext = dlsym(library, NAME_OF(UNW_ARCH_OBJ(getcontext)));
	unwinder.init_local = dlsym(library, NAME_OF(UNW_OBJ(init_local)));
	unwinder.step = dlsym(library, NAME_OF(UNW_OBJ(step)));
	unwinder.get_reg = dlsym(library, NAME_OF(UNW_OBJ(get_reg)));
	unwinder.get_accessors = dlsym(library, NAME_OF(UNW_ARCH_OBJ(get_accessors)));
	unwinder_ready = unwinder.getcontext && unwinder.init_local && unwinder.step &&
			 unwinder.get_reg && unwinder.get_accessors && unwinder.flush_cache &&
			 use_own_access(space_of_all);
}

void walk_reset(uint64_t low, uint64_t high)
{
	walk.low = low;
	walk.high = high;
	memset(pages, 0, sizeof(pages));
}

bool walk_begin(void)
{
	walk.live = false;
	walk.whole = walk.high && walk_rules_context(&walk.context, &walk.frame);
	if (walk.whole)
		return true;
	walk.frame.pc = 0;
	walk.live = unwinder.init_local(&walk.cursor, &walk.context) >= 0;
	return walk.live;
}

/* The cursor goes to the frame that the walk came to without it. */
static bool catch_up(void)
{
	if (walk.live)
		return true;
	walk_rules_set_context(&walk.context, &walk.frame);
	walk.live = unwinder.init_local(&walk.cursor, &walk.context) >= 0;
	return walk.live;
}

static bool read_frame(struct walk_frame *frame)
{
	unw_word_t pc, sp;

	if (unwinder.get_reg(&walk.cursor, UNW_REG_IP, &pc) < 0 || !pc)
		return false;
	if (unwinder.get_reg(&walk.cursor, UNW_REG_SP, &sp) < 0)
		sp = 0;
	frame->pc = pc;
	frame->sp = sp;
	if (walk.whole)
		walk.whole = sp && walk_rules_kept(&walk.cursor, frame);
	return true;
}

/* Others may lie where some have gone. */
static void forget_gone(void)
{
	if (generation == modules_generation())
		return;
	generation = modules_generation();
	unwinder.flush_cache(*space_of_all, 0, 0);
}

static bool step_slowly(bool learn)
{
	struct walk_frame from = walk.frame;

	forget_gone();
	if (!catch_up())
		return false;
	if (from.pc)
		modules_note_of_walk((void *)from.pc);
	if (unwinder.step(&walk.cursor) <= 0 || !read_frame(&walk.frame))
		return false;
	/* Elsewhere than on its stack no rule can be followed. */
	if (learn && walk.whole && walk.frame.sp <= walk.high)
		walk_rules_learn(&from, &walk.frame, walk.high);
	return true;
}

bool walk_step(void)
{
	uint64_t rule = walk.whole ? walk_rule(walk.frame.pc) : 0;

	if (!rule || !walk_rule_follow(rule, &walk.frame, walk.high))
		return step_slowly(!rule);
	walk.live = false;
	return true;
}

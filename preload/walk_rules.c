/* Owns what is known of how frames are left. */
#include "walk_rules.h"

#if defined(__x86_64__)

#include "address_map.h"
#include "cfi.h"
#include "modules.h"

#include <string.h>
#include <ucontext.h>

/*
 * A rule, in words of 8 bytes: from the stack pointer or the frame pointer up to that of the
 * caller, and from there down to each of the registers; 0: still has its value.
 */
enum {
	IS_KNOWN = 1,
	IS_SIMPLE = 2,
	ON_FRAME_POINTER = 4,
	UP_SHIFT = 4,
	UP_BITS = 13,
	LOWEST_SHIFT = UP_SHIFT + UP_BITS, /* the farthest down of them */
	DOWN_BITS = 6,
	DOWN_SHIFT = LOWEST_SHIFT + DOWN_BITS,
};
_Static_assert(DOWN_SHIFT + WALK_KEPT * DOWN_BITS <= 64, "a rule is a word");

static const struct {
	int unwinder; /* libunwind's number */
	int context;  /* the kernel's */
} kept[WALK_KEPT] = {
	{UNW_X86_64_RBP, REG_RBP}, {UNW_X86_64_RBX, REG_RBX}, {UNW_X86_64_R12, REG_R12},
	{UNW_X86_64_R13, REG_R13}, {UNW_X86_64_R14, REG_R14}, {UNW_X86_64_R15, REG_R15},
};

enum { FRAME_POINTER = 0 }; /* of these */

enum { MAX_RULES = 1 << 16 };

static struct address_map rules; /* places, each in its generation of the modules -> rules */

static uint64_t key_of(uint64_t pc)
{
	return pc ^ modules_generation() * UINT64_C(0x9e3779b97f4a7c15);
}

uint64_t walk_rule(uint64_t pc)
{
	return address_map_get(&rules, key_of(pc));
}

static inline uint64_t words(uint64_t rule, unsigned shift, unsigned bits)
{
	return rule >> shift & ((1u << bits) - 1);
}

bool walk_rule_follow(uint64_t rule, struct walk_frame *frame, uint64_t high)
{
	const uint64_t base = rule & ON_FRAME_POINTER ? frame->kept[FRAME_POINTER] : frame->sp;
	const uint64_t sp = base + 8 * words(rule, UP_SHIFT, UP_BITS);
	const uint64_t *top = (const uint64_t *)(uintptr_t)sp;

	if (!(rule & IS_SIMPLE) || sp <= frame->sp || sp > high || sp % 8 ||
	    8 * words(rule, LOWEST_SHIFT, DOWN_BITS) > sp - frame->sp || !top[-1])
		return false;
	frame->pc = top[-1];
	frame->sp = sp;
	rule >>= DOWN_SHIFT;
	for (uint64_t *value = frame->kept; rule; value++, rule >>= DOWN_BITS) {
		if (rule % (1 << DOWN_BITS))
			*value = *(top - rule % (1 << DOWN_BITS));
	}
	return true;
}

/* As what is said of the place where libunwind looks for it, too. */
static uint64_t rule_of(uint64_t pc)
{
	uint64_t rule = IS_KNOWN | IS_SIMPLE, lowest = 1; /* the return address */
	struct cfi cfi;

	modules_note_of_walk((void *)pc);
	if (!cfi_find(pc, &cfi) || (cfi.base != UNW_X86_64_RSP && cfi.base != UNW_X86_64_RBP) ||
	    cfi.offset % 8 || cfi.offset < 8 || cfi.offset / 8 >= 1 << UP_BITS ||
	    cfi.kept[UNW_X86_64_RIP] != -8 || cfi.kept[UNW_X86_64_RSP])
		return IS_KNOWN;
	rule |= cfi.base == UNW_X86_64_RBP ? ON_FRAME_POINTER : 0;
	rule |= (uint64_t)cfi.offset / 8 << UP_SHIFT;
	for (unsigned i = 0; i < WALK_KEPT; i++) {
		int64_t down = -cfi.kept[kept[i].unwinder];

		if (down % 8 || down < 0 || down / 8 >= 1 << DOWN_BITS)
			return IS_KNOWN;
		rule |= (uint64_t)down / 8 << (DOWN_SHIFT + i * DOWN_BITS);
		lowest = (uint64_t)down / 8 > lowest ? (uint64_t)down / 8 : lowest;
	}
	return rule | lowest << LOWEST_SHIFT;
}

void walk_rules_learn(const struct walk_frame *from, const struct walk_frame *to, uint64_t high)
{
	struct walk_frame frame = *from;
	uint64_t rule = rule_of(from->pc);

	if (!walk_rule_follow(rule, &frame, high) || memcmp(&frame, to, sizeof(frame)))
		rule = IS_KNOWN;
	if (rules.used >= MAX_RULES)
		address_map_clear(&rules);
	address_map_put(&rules, key_of(from->pc), rule);
}

bool walk_rules_context(const unw_context_t *context, struct walk_frame *frame)
{
	const greg_t *registers = context->uc_mcontext.gregs;

	frame->pc = (uint64_t)registers[REG_RIP];
	frame->sp = (uint64_t)registers[REG_RSP];
	for (unsigned i = 0; i < WALK_KEPT; i++)
		frame->kept[i] = (uint64_t)registers[kept[i].context];
	return true;
}

void walk_rules_set_context(unw_context_t *context, const struct walk_frame *frame)
{
	greg_t *registers = context->uc_mcontext.gregs;

	registers[REG_RIP] = (greg_t)frame->pc;
	registers[REG_RSP] = (greg_t)frame->sp;
	for (unsigned i = 0; i < WALK_KEPT; i++)
		registers[kept[i].context] = (greg_t)frame->kept[i];
}

bool walk_rules_kept(unw_cursor_t *cursor, struct walk_frame *frame)
{
	unw_word_t value;

	for (unsigned i = 0; i < WALK_KEPT; i++) {
		if (unwinder.get_reg(cursor, kept[i].unwinder, &value) < 0)
			return false;
		frame->kept[i] = value;
	}
	return true;
}

#else

uint64_t walk_rule(uint64_t pc)
{
	(void)pc;
	return 0;
}

bool walk_rule_follow(uint64_t rule, struct walk_frame *frame, uint64_t high)
{
	(void)rule;
	(void)frame;
	(void)high;
	return false;
}

void walk_rules_learn(const struct walk_frame *from, const struct walk_frame *to, uint64_t high)
{
	(void)from;
	(void)to;
	(void)high;
}

bool walk_rules_context(const unw_context_t *context, struct walk_frame *frame)
{
	(void)context;
	(void)frame;
	return false;
}

void walk_rules_set_context(unw_context_t *context, const struct walk_frame *frame)
{
	(void)context;
	(void)frame;
}

bool walk_rules_kept(unw_cursor_t *cursor, struct walk_frame *frame)
{
	(void)cursor;
	(void)frame;
	return false;
}

#endif

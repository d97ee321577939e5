/* Asks of each store of the file whether it may write to the member. */
#include "code_stores.h"
#include "code_effect.h"
#include "code_explored.h"
#include "code_formats.h"
#include "code_given.h"
#include "code_links.h"
#include "code_under.h"
#include "code_writes.h"
#include "code_zeros.h"
#include "object_raw.h"
#include <limits.h>
#include <pthread.h>
#include <string.h>

#define NO_ADDRESSES 4096u /* smaller numbers are none */

#define ARGUMENTS 6u /* in registers (System V ABI) */

/* What may write to a member, while it is looked for. */
struct search {
	struct asks *asks;
	const struct code_member *member;
	const struct code_stores *stores;
	const struct code_function *function; /* that was looked at last; NULL: none was */
	struct code_flow *flow;
	bool told; /* somebody writes just there, with the mutex, and signals */
};

static bool is_part(const struct code_stores *stores, uint64_t distance)
{
	return distance == 0 ||
	       (distance < STORES_MOST_PARTS && stores->part[distance / 8] & 1u << distance % 8);
}

/* The same of one object. */
static bool is_part_of(const struct code_stores *stores, const struct code_member *member,
		       uint64_t distance)
{
	bool found = is_part(stores, distance);
	for (size_t i = 0; i < member->part_count && !found; i++)
		found = member->parts[i] == distance;
	return found;
}

/* Whether the store, of a number, leaves what the member begins as, where it is so far behind. */
static bool leaves_value(const struct search *search, const struct store *store, uint64_t place)
{
	const struct made_object *object = search->member->object;
	struct object_raw raw;
	if (!store->bytes || !object_raw_decode(search->asks->code, store->at, &raw) ||
	    raw.instruction.mnemonic != ZYDIS_MNEMONIC_MOV ||
	    raw.operands[1].type != ZYDIS_OPERAND_TYPE_IMMEDIATE)
		return false;
	for (unsigned i = 0; i < object->bytes; i++) {
		const uint64_t byte = object->member + i - place;
		if (byte < store->bytes && (raw.operands[1].imm.value.u >> byte * 8 & 0xff) !=
						   (object->value >> i * 8 & 0xff))
			return false;
	}
	return true;
}

/* The values of the function that the store is in; its step. CODE_NOWHERE: not known. */
static uint32_t find_step(struct search *search, const struct store *store)
{
	const struct code_values given = code_values_given();
	const struct code_function *function;
	uint64_t start, end;
	if (!object_code_function(search->asks->code, store->at, &start, &end))
		return CODE_NOWHERE;
	function = asks_function(search->asks, start);
	if (!function)
		return CODE_NOWHERE;
	if (function != search->function) {
		code_flow_free(search->flow);
		search->function = function;
		search->flow = asks_flow(search->asks, function, &given, 0);
	}
	return search->flow ? code_step_at(function, store->at) : CODE_NOWHERE;
}

/* Whether zero is what the member begins as, and what it writes; at that step. */
static bool leaves_zero(struct search *search, const struct store *store, uint32_t step)
{
	struct object_raw raw;
	if (search->member->object->value)
		return false;
	if (step != CODE_NOWHERE)
		return code_writes_zeros(search->asks->code, search->function, search->flow, step,
					 &search->asks->steps_left);
	return store->bytes && object_raw_decode(search->asks->code, store->at, &raw) &&
	       raw.instruction.mnemonic == ZYDIS_MNEMONIC_MOV &&
	       raw.operands[1].type == ZYDIS_OPERAND_TYPE_IMMEDIATE &&
	       raw.operands[1].imm.value.u == 0;
}

/* What a store writes through, if that is a part of the object. */
struct base {
	const struct code_member *member;
	const struct code_value *value;
	uint64_t part;
};

static bool is_of_same(const struct base *base, const struct code_value *value, uint64_t place)
{
	const enum code_base kind = base->value->base;
	return (kind == CODE_GIVEN || kind == CODE_MEMORY || kind == CODE_VARIABLE) &&
	       value->base == kind && value->key == base->value->key &&
	       value->offset - base->value->offset == place - base->part;
}

static bool is_same_lock(const struct code_monitor *monitor, const struct code_value *value)
{
	const struct base *base = monitor->context;
	return is_of_same(base, value, base->member->object->mutex);
}

static bool is_same_condition(const struct code_monitor *monitor, const struct code_value *value)
{
	const struct base *base = monitor->context;
	return is_of_same(base, value, base->member->condition);
}

/* Whether the mutex of the same object is taken there, and its condition signalled. */
static bool is_with_mutex(const struct search *search, uint32_t step, uint8_t number, uint64_t part)
{
	const struct base base = {search->member, &search->flow->before[step].registers[number],
				  part};
	const struct code_monitor same = {is_same_lock, is_same_condition, &base};
	return code_is_under(search->asks, search->function, search->flow, step, &same);
}

/* Whether a function that makes the object is known to write to it there: when it is called again,
 * to another one. */
static bool is_makers(const struct search *search, const struct store *store)
{
	const struct made_object *object = search->member->object;
	for (unsigned i = 0; i < object->maker_count && store->base != CODE_NO_REGISTER; i++) {
		const struct code_function *function = object->makers[i].function;
		uint64_t start, end;
		uint32_t step = code_step_at(function, store->at);
		if (step != CODE_NOWHERE && object->makers[i].bases[step] & 1u << store->base &&
		    object_code_function(search->asks->code,
					 function->steps[function->entry].instruction.address,
					 &start, &end) &&
		    store->at >= start && store->at < end)
			return true;
	}
	return false;
}

/* Where the part of the object that the member is in may begin, at the earliest: behind the last
 * lock before it. */
static uint64_t first_beside(const struct code_member *member)
{
	const struct made_object *object = member->object;
	const uint64_t mutex = object->mutex + sizeof(pthread_mutex_t);
	const uint64_t condition = member->condition + sizeof(pthread_cond_t);
	uint64_t first = mutex <= object->member ? mutex : 0;
	if (member->condition < MADE_MOST_BYTES && condition <= object->member && condition > first)
		first = condition;
	return first;
}

/* Whether what the register has may be an address in the object; or lead there, through memory, who
 * is not known to write just to it. */
static bool may_point(const struct search *search, const struct store *store, uint32_t step)
{
	const struct code_value *base = &search->flow->before[step].registers[store->base];
	const bool address = !store->indexed || base->offset >= NO_ADDRESSES;
	if (store->guessed && base->base == CODE_CONSTANT)
		return object_code_is_data(search->asks->code, base->offset);
	if (store->guessed && base->base == CODE_FRAME)
		return code_keeps_addresses(search->asks, search->function, search->flow);
	return !(base->base == CODE_CONSTANT && address) && base->base != CODE_FRAME;
}

/* Whether the function itself goes to no element of an array: the register has what it was given,
 * or read from memory, and so much more as its value says. */
static bool is_straight(const struct search *search, const struct store *store, uint32_t step)
{
	const enum code_base base = search->flow->before[step].registers[store->base].base;
	return !store->indexed && store->bytes && base != CODE_UNKNOWN;
}

/* Whether the register has there what a call returned, or what was read from elsewhere than the
 * frame, and maybe so much more. */
static bool is_got(const struct search *search, uint32_t step, uint8_t number)
{
	const struct code_function *function = search->function;
	const uint32_t origin = code_origin_of(search->asks, function, step, number);
	if (origin == CODE_NOWHERE)
		return false;
	const struct code_instruction *at = &function->steps[origin].instruction;
	return at->kind == CODE_CALL ||
	       search->flow->before[origin].registers[at->from].base != CODE_FRAME;
}

/* How many arguments of a call are addresses that it reads something into, by its format, and how
 * many come before them; false: not known. */
static bool scans_into(const struct search *search, uint32_t step, unsigned *count,
		       unsigned *behind)
{
	static const uint8_t formats[] = {CODE_RDI, CODE_RSI};
	const struct code_values *values = &search->flow->before[step];
	const char *import = search->function->steps[step].instruction.import;
	*behind = import ? code_scans_behind(import) : 0;
	if (!*behind || values->registers[formats[*behind - 1]].base != CODE_CONSTANT)
		return false;
	*count = code_format_scans(search->asks->object,
				   values->registers[formats[*behind - 1]].offset);
	return *count != UINT_MAX;
}

/* Whether it is an argument of that call, in its register or on the stack. */
static bool is_passed(const struct search *search, const struct store *store, uint32_t step)
{
	static const uint8_t numbers[] = {
		[CODE_RDI] = 0, [CODE_RSI] = 1, [CODE_RDX] = 2, [CODE_RCX] = 3, [8] = 4, [9] = 5};
	const bool on_stack = store->base == CODE_NO_REGISTER;
	unsigned count, behind;
	if (scans_into(search, step, &count, &behind))
		return (on_stack ? ARGUMENTS : numbers[store->base]) < count + behind;
	const struct code_passed passed =
		code_passed_to(search->asks, search->function, search->flow, step);
	return on_stack ? passed.stacked : passed.registers & 1u << store->base;
}

enum reach {
	REACH_NOT, /* it does not write to the member */
	REACH_ANY, /* it may */
	REACH_ASK, /* it does not where its address is known not to be one in the object */
};

/* Whether what is called through a pointer there is an import that is known not to write through
 * the register: it was just read from a table of the linker's. */
static bool is_other_import(const struct search *search, const struct store *store, uint32_t step)
{
	const struct code_instruction *at = &search->function->steps[step].instruction;
	const struct code_value *value;
	if (!store->called || at->import || at->through == CODE_NO_REGISTER)
		return false;
	value = &search->flow->before[step].registers[at->through];
	const char *import = value->base == CODE_VARIABLE && value->offset == 0
				     ? object_code_import_at(search->asks->code, value->key, true)
				     : NULL;
	const struct code_writes *known = code_writes_of(import);
	return known && code_pointed_knows(search->asks->code, import) &&
	       !(search->stores->counted && code_writes_format(import)) &&
	       !code_writes_found(known) && !code_writes_to(known, store->base);
}

/* Whether a function of the file is what a thread is to begin with there: what that writes is seen
 * where it is. */
static bool begins_own(const struct search *search, const struct store *store, uint32_t step)
{
	const struct code_writes *known =
		code_writes_of(search->function->steps[step].instruction.import);
	const uint64_t entry = search->function->steps[search->function->entry].instruction.address;
	return store->passed && known && known->runs &&
	       code_is_own_function(search->asks, entry,
				    &search->flow->before[step].registers[CODE_RDX]);
}

static bool is_through_pointer(const struct search *search, const struct store *store)
{
	struct code_instruction at;
	return !object_code_decode(search->asks->code, store->at, &at) ||
	       (!at.import && !at.target);
}

/* As far as what it writes tells, and what it writes through; at which step. */
static enum reach reach_of(struct search *search, const struct store *store, uint32_t *step)
{
	const bool makers = is_makers(search, store);
	/* What is called through a pointer is looked at here alone. */
	if (makers && !(store->called && is_through_pointer(search, store)))
		return REACH_NOT;
	*step = find_step(search, store);
	if (leaves_zero(search, store, *step))
		return REACH_NOT;
	if (*step == CODE_NOWHERE)
		return REACH_ANY;
	const bool known = store->base != CODE_NO_REGISTER;
	if (!search->flow->reached[*step] || (known && !may_point(search, store, *step)) ||
	    (store->guessed && !is_passed(search, store, *step)) ||
	    is_other_import(search, store, *step) || begins_own(search, store, *step))
		return REACH_NOT;
	return known && !makers ? REACH_ASK : REACH_ANY;
}

/* Whether it writes to memory that was allocated just before, and to nothing that is found there.
 */
static bool is_to_new(const struct search *search, const struct store *store, uint32_t step)
{
	return !store->guessed && code_is_new(search->asks, search->function, step, store->base);
}

/* Whether all that it writes is an address: that is nothing with a smaller member in it. */
static bool writes_address(const struct search *search, const struct store *store, uint32_t step)
{
	struct object_raw raw;
	if (store->called || !object_raw_decode(search->asks->code, store->at, &raw) ||
	    raw.instruction.mnemonic != ZYDIS_MNEMONIC_MOV ||
	    raw.operands[1].type != ZYDIS_OPERAND_TYPE_REGISTER || raw.operands[1].size != 64)
		return false;
	const uint8_t number = code_register(raw.operands[1].reg.value);
	const struct code_link link = {
		.function = search->function,
		.flow = search->flow,
		.step = step,
		.word = number,
		.base = store->indexed ? CODE_NO_REGISTER : store->base,
		.offset = store->offset,
	};
	return number != CODE_NO_REGISTER &&
	       code_is_link(search->asks, &link, search->member->object);
}

/* Whether the function may be given the address of an element that it goes on from. */
static bool may_be_given(const struct search *search, const struct store *store, uint32_t step)
{
	const struct code_value *base = &search->flow->before[step].registers[store->base];
	uint64_t start, end;
	return base->base != CODE_GIVEN ||
	       !object_code_function(search->asks->code, store->at, &start, &end) ||
	       code_may_be_given_element(search->asks, start, (uint8_t)base->key,
					 search->member->object);
}

/* Whether it writes farther behind the address that it goes on from than the member lies behind the
 * last lock before it; and not to the member where that is the address of a part of the object, if
 * the function adds something to it at that step. */
static bool is_behind(const struct search *search, const struct store *store, uint32_t step)
{
	const struct made_object *object = search->member->object;
	const uint64_t most = object->member - first_beside(search->member);
	const uint64_t offset = (uint64_t)store->offset;
	if (offset > most)
		return true;
	const uint64_t added =
		step == CODE_NOWHERE ? 0 : search->flow->before[step].registers[store->base].offset;
	if (added >= STORES_MOST_PARTS || offset + added <= most)
		return false;
	const uint64_t first = object->member - offset - added - store->bytes + 1;
	for (uint64_t i = 0; i < store->bytes + object->bytes - 1; i++)
		if (is_part_of(search->stores, search->member, first + i))
			return false;
	return true;
}

/* Whether where it writes to may be worked out, by the function or by who calls it: it may be any
 * member of such a size, or a part of what it writes, or copies. Of an element of an array the
 * function may have been given the address, but the array has no lock before the element. */
static bool may_be_worked_out(struct search *search, const struct store *store)
{
	const struct made_object *object = search->member->object;
	uint32_t step;
	if (store->bytes && store->bytes < object->bytes)
		return false;
	const enum reach reach = reach_of(search, store, &step);
	if (reach != REACH_ASK)
		return reach == REACH_ANY;
	const bool straight = is_straight(search, store, step);
	const uint64_t part = object->member - (uint64_t)store->offset;
	if (straight && is_with_mutex(search, step, store->base, part))
		return false;
	const bool got =
		!straight && store->bytes && !store->indexed && is_got(search, step, store->base);
	if ((straight || got) && is_behind(search, store, straight ? step : CODE_NOWHERE))
		return false;
	const bool wide = store->bytes > object->bytes;
	return !is_to_new(search, store, step) && !(wide && writes_address(search, store, step)) &&
	       !(wide && straight && !may_be_given(search, store, step));
}

/* Whether it may write there if what it writes through is that part of the object. `within`: or
 * lies in an array, or in another part, that begins there. */
static bool may_write(struct search *search, const struct store *store, uint64_t part, bool within)
{
	uint32_t step;
	if (!within && leaves_value(search, store, part + (uint64_t)store->offset))
		return false;
	const enum reach reach = reach_of(search, store, &step);
	if (reach != REACH_ASK)
		return reach == REACH_ANY;
	if (within && part < first_beside(search->member) && is_straight(search, store, step))
		return false;
	if (!store->bytes || !is_with_mutex(search, step, store->base, part))
		return !is_to_new(search, store, step);
	search->told |= !within;
	return false;
}

static bool store_may_write(struct search *search, const struct store *store)
{
	const struct made_object *object = search->member->object;
	if (may_be_worked_out(search, store))
		return true;
	const uint64_t first = object->member - (uint64_t)store->offset - store->bytes + 1;
	for (uint64_t i = 0; store->bytes && i < store->bytes + object->bytes - 1; i++)
		if (is_part_of(search->stores, search->member, first + i) &&
		    may_write(search, store, first + i, false))
			return true;
	for (uint64_t i = first_beside(search->member); i < object->member + object->bytes; i++) {
		const uint64_t part = i - (uint64_t)store->offset;
		if (is_part_of(search->stores, search->member, part) &&
		    may_write(search, store, part, true))
			return true;
	}
	return false;
}

bool code_stores_elsewhere(struct asks *asks, const struct code_member *member)
{
	struct search search = {.asks = asks, .member = member, .stores = asks_stores(asks)};
	const struct made_object *object = member->object;
	/* What is the first thing in an object has its address. */
	bool found = search.stores->unread || object->member == 0;
	for (uint64_t i = object->member; i < object->member + object->bytes && !found; i++)
		found = is_part_of(search.stores, member, i);
	for (size_t i = 0; i < search.stores->count && !found; i++)
		found = store_may_write(&search, &search.stores->stores[i]);
	code_flow_free(search.flow);
	return found || (object->maker_count && !(search.told || object->told));
}

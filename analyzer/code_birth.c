/* Asks each function around the call that initialises the mutex whether it allocates the object. */
#include "code_birth.h"
#include "code_explored.h"
#include "code_made.h"
#include "code_outward.h"
#include "code_stores.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct born_key {
	struct code_birth birth;
	uint64_t offset, bytes;
};

struct born {
	UT_hash_handle hh;
	struct born_key key;
	bool known;
	uint64_t value;
};

void code_births_free(struct born *born)
{
	struct born *one, *next;
	HASH_ITER (hh, born, one, next) {
		HASH_DEL(born, one);
		free(one);
	}
}

/* The member's place once that of the mutex is known. */
static bool value_by(struct asks *asks, const struct made *made, const struct made_calls *calls,
		     const struct born_key *key, uint64_t *value)
{
	struct made_object object = {.bytes = 0};
	bool known = made_follow(made, calls, &object) && object.has_mutex;
	if (known) {
		object.member = object.mutex + key->offset;
		object.bytes = (unsigned)key->bytes;
		known = object.member < MADE_MOST_BYTES && made_follow(made, calls, &object) &&
			object.has_value && !object.lost &&
			!code_stores_elsewhere(
				asks, &(struct code_member){
					      .object = &object,
					      .condition = object.mutex + key->birth.condition,
				      });
	}
	*value = object.value;
	made_object_end(&object);
	return known;
}

/* Whether the step is what the innermost call comes of: that initialises, or calls the function
 * that does. */
static bool leads_to(struct asks *asks, const struct code_function *function,
		     const struct code_flow *flow, uint32_t step, uint64_t inner)
{
	const struct code_instruction *at = &function->steps[step].instruction;
	uint64_t start, end;
	if (!inner)
		return made_initialises(code_import_called(asks->code, at, &flow->before[step]));
	return at->kind == CODE_CALL && !at->import &&
	       object_code_function(asks->code, inner - 1, &start, &end) && at->target == start;
}

/* In the function that the call number `level` is in. */
static bool born_in(struct asks *asks, const struct born_key *key, unsigned level, uint64_t *value)
{
	const uint64_t address = key->birth.returns[level];
	const uint64_t inner = level ? key->birth.returns[level - 1] : 0;
	const struct made_calls calls = {key->birth.returns, level + 1};
	const struct code_function *function;
	const struct code_flow *flow;
	uint64_t start, end;
	uint32_t mutex;
	bool known = false;
	if (!object_code_function(asks->code, address - 1, &start, &end))
		return false;
	function = asks_function(asks, start);
	flow = function ? asks_flow_given(asks, start) : NULL;
	mutex = flow ? code_call_before(function, address) : CODE_NOWHERE;
	if (mutex == CODE_NOWHERE || !flow->reached[mutex] ||
	    !leads_to(asks, function, flow, mutex, inner))
		return false;
	for (uint32_t i = 0; i < function->count && !known; i++) {
		const struct made made = {asks, function, flow, i, mutex};
		known = function->steps[i].instruction.kind == CODE_CALL && flow->reached[i] &&
			made_is_before(&made, mutex) && value_by(asks, &made, &calls, key, value);
	}
	return known;
}

bool code_birth_of(struct asks *asks, const struct code_birth *birth, uint64_t offset,
		   unsigned bytes, uint64_t *value)
{
	struct born_key key;
	struct born *born;
	memset(&key, 0, sizeof(key));
	memcpy(key.birth.returns, birth->returns, birth->count * sizeof(*birth->returns));
	key.birth.count = birth->count;
	key.birth.condition = birth->condition;
	key.offset = offset;
	key.bytes = bytes;
	HASH_FIND(hh, asks->born, &key, sizeof(key), born);
	if (!born) {
		born = xcalloc(1, sizeof(*born));
		born->key = key;
		for (unsigned i = 0; bytes && bytes <= sizeof(*value) && i < birth->count; i++)
			born->known = born->known || born_in(asks, &key, i, &born->value);
		HASH_ADD(hh, asks->born, key, sizeof(born->key), born);
	}
	*value = born->value;
	return born->known;
}

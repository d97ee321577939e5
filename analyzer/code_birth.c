/* Goes over the function until nothing that is known of the object changes any more. */
#include "code_birth.h"
#include "code_escapes.h"
#include "code_explored.h"
#include "code_made.h"
#include "code_outward.h"
#include "code_stores.h"
#include "code_ways.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct born_key {
	uint64_t initialised, condition, offset, bytes;
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

/* Whether all ways to `to` lead past the call that allocates. */
static bool is_made_before(const struct code_function *function, const struct code_flow *flow,
			   uint32_t made, uint32_t to)
{
	const struct code_way around = {CODE_NOWHERE, to, 0, made, CODE_NOWHERE, true};
	struct code_marks marks = {function, flow, xcalloc(function->count, 1)};
	bool before = flow->reached[made] && !code_is_way(&marks, &around);
	free(marks.of);
	return before;
}

/* The member's place once that of the mutex is known. */
static bool value_by(struct asks *asks, const struct made *made, const struct code_birth *birth,
		     uint64_t offset, unsigned bytes, uint64_t *value)
{
	struct made_object object = {.bytes = 0};
	bool known;
	if (!made_follow(made, &object) || !object.has_mutex) {
		free(object.bases);
		return false;
	}
	object.member = object.mutex + offset;
	object.bytes = bytes;
	known = object.member < MADE_MOST_BYTES && made_follow(made, &object) && object.has_value &&
		!object.lost &&
		!code_stores_elsewhere(asks, &(struct code_member){
						     .object = &object,
						     .function = made->function,
						     .condition = object.mutex + birth->condition,
					     });
	*value = object.value;
	free(object.bases);
	return known;
}

static bool born_in(struct asks *asks, const struct code_birth *birth, uint64_t start,
		    uint64_t offset, unsigned bytes, uint64_t *value)
{
	const struct code_values given = code_values_given();
	const struct code_function *function = asks_function(asks, start);
	struct code_flow *flow = function ? asks_flow(asks, function, &given, 0) : NULL;
	uint32_t mutex = function ? code_call_before(function, birth->initialised) : CODE_NOWHERE;
	bool known = false;
	if (flow && mutex != CODE_NOWHERE && flow->reached[mutex] &&
	    made_initialises(code_import_called(asks->code, &function->steps[mutex].instruction,
						&flow->before[mutex])))
		for (uint32_t i = 0; i < function->count && !known; i++) {
			const struct made made = {asks, function, flow, i, mutex};
			known = made_is_made(&made) && is_made_before(function, flow, i, mutex) &&
				value_by(asks, &made, birth, offset, bytes, value);
		}
	code_flow_free(flow);
	return known;
}

bool code_birth_of(struct asks *asks, const struct code_birth *birth, uint64_t offset,
		   unsigned bytes, uint64_t *value)
{
	const struct born_key key = {birth->initialised, birth->condition, offset, bytes};
	struct born *born;
	uint64_t start, end;
	HASH_FIND(hh, asks->born, &key, sizeof(key), born);
	if (!born) {
		born = xcalloc(1, sizeof(*born));
		born->key = key;
		born->known =
			bytes && bytes <= sizeof(*value) &&
			object_code_function(asks->code, birth->initialised - 1, &start, &end) &&
			born_in(asks, birth, start, offset, bytes, &born->value);
		HASH_ADD(hh, asks->born, key, sizeof(born->key), born);
	}
	*value = born->value;
	return born->known;
}

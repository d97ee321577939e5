/* Asks the code, and keeps the answers. */
#include "questions.h"
#include "code_asks.h"
#include "code_birth.h"
#include "code_early.h"
#include "code_files.h"
#include "code_section.h"
#include "code_ways.h"
#include "inquiry.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct answer_key {
	uint32_t hold_stack, join_stack, lock;
	uint32_t condition; /* NO_INDEX: of one of those that the lock's record stands for */
	uint16_t op;	    /* by which the lock was taken */
	uint16_t alone;
	int32_t apart; /* how far the condition is behind the lock, in words of 8 bytes */
};
/* In place of a join's stack: to the end of the function; to where the lock is given back. */
#define NO_JOIN UINT32_MAX
#define TO_RELEASE (UINT32_MAX - 1)

struct answer {
	UT_hash_handle hh;
	struct answer_key key;
	bool asked;
};

struct questions {
	const struct model *model;
	struct code_files *files; /* -> struct asks; NULL: it has no answers */
	struct answer *answers;
};

static void *make_asks(struct object_file *object)
{
	return asks_new(object);
}

static void free_asks(void *asks)
{
	asks_free(asks);
}

struct questions *questions_new(const struct model *model)
{
	struct questions *questions = xcalloc(1, sizeof(*questions));
	questions->model = model;
	questions->files = code_files_new(model, make_asks, free_asks);
	return questions;
}

void questions_free(struct questions *questions)
{
	struct answer *answer, *next_answer;
	if (!questions)
		return;
	HASH_ITER (hh, questions->answers, answer, next_answer) {
		HASH_DEL(questions->answers, answer);
		free(answer);
	}
	code_files_free(questions->files);
	free(questions);
}

/* Where the condition and the lock are, in terms of values. */
struct whereabouts {
	struct code_value constant; /* in the file */
	struct code_value relative; /* as the lock's is known; CODE_UNKNOWN: not so */
	struct code_value lock_constant, lock_relative;
};

static bool is_value(const struct code_value *a, const struct code_value *b)
{
	return a->base != CODE_UNKNOWN && a->base == b->base && a->key == b->key &&
	       a->offset == b->offset;
}

static bool is_condition(const struct condition_test *test, const struct code_value *value)
{
	const struct whereabouts *whereabouts = test->context;
	return is_value(value, &whereabouts->constant) || is_value(value, &whereabouts->relative);
}

static bool is_lock(const struct condition_test *test, const struct code_value *value)
{
	const struct whereabouts *whereabouts = test->context;
	return is_value(value, &whereabouts->lock_constant) ||
	       is_value(value, &whereabouts->lock_relative);
}

/* What the code knows of the lock's address where it takes it. */
static struct code_value lock_value(const struct chain *holding)
{
	static const struct code_value unknown;
	if (!holding->whole)
		return unknown;
	const struct activation *last = &holding->activations[holding->count - 1];
	unsigned number = asks_lock_register(chain_call(last)->import);
	if (number == CODE_NO_REGISTER)
		return unknown;
	struct code_value value = last->flow->before[last->call].registers[number];
	/* What lies in a frame is another thing each time. */
	return value.base == CODE_CONSTANT || value.base == CODE_FRAME ? unknown : value;
}

static uint64_t distance_of(const struct answer_key *key)
{
	return (uint64_t)((int64_t)key->apart * 8);
}

static struct whereabouts locate(const struct inquiry *inquiry, const struct answer_key *key)
{
	const struct model *model = inquiry->model;
	const struct lock *lock = &model->locks[key->lock];
	struct whereabouts whereabouts = {.relative = lock_value(&inquiry->holding)};
	whereabouts.lock_relative = whereabouts.relative;
	whereabouts.relative.offset += distance_of(key);
	if (key->condition == NO_INDEX)
		return whereabouts;
	whereabouts.lock_constant =
		(struct code_value){CODE_CONSTANT, 0, lock->address - inquiry->module->bias};
	whereabouts.constant = whereabouts.lock_constant;
	whereabouts.constant.offset += model->locks[key->condition].address - lock->address;
	return whereabouts;
}

/* Whether one of the functions asks on its part of the way. */
static bool is_asked(const struct inquiry *inquiry, const struct condition_test *test)
{
	const struct chain *holding = &inquiry->holding, *joining = &inquiry->joining;
	const struct activation *common = &joining->activations[0];
	if (!holding->count || !joining->count)
		return false;
	if (asks_between(inquiry->asks, common->function, common->flow,
			 holding->activations[0].call, common->call, 0, test))
		return true;
	for (unsigned i = 1; i < joining->count; i++) {
		const struct activation *at = &joining->activations[i];
		if (asks_between(inquiry->asks, at->function, at->flow, CODE_NOWHERE, at->call, i,
				 test))
			return true;
	}
	for (unsigned i = 1; i < holding->count; i++) {
		const struct activation *at = &holding->activations[i];
		if (asks_between(inquiry->asks, at->function, at->flow, at->call, ASKS_RETURN, i,
				 test))
			return true;
	}
	return false;
}

/* An object with the lock in it. */
struct birthplace {
	struct asks *asks;
	struct code_birth birth;
	const struct condition_test *test;
	bool is_variable; /* it is one of the file's */
};

static bool member_at_start(const struct code_object *object, uint64_t offset, unsigned bytes,
			    uint64_t *value)
{
	const struct birthplace *place = object->context;
	const uint64_t address = place->test->lock + offset;
	const struct code_variable *variable = place->test->variable;
	if (place->is_variable && variable && address < variable->address + variable->bytes &&
	    variable->address < address + bytes)
		return false;
	if (place->is_variable)
		return object_code_at_start(asks_code(place->asks), address, bytes, value) &&
		       !code_early_has(asks_early(place->asks), address, bytes, place->test);
	return code_birth_of(place->asks, &place->birth, offset, bytes, value);
}

/* Where the lock's life began, as far as that is in the same file; or with the program. */
static bool find_birth(const struct inquiry *inquiry, const struct answer_key *key,
		       struct birthplace *place)
{
	const struct model *model = inquiry->model;
	const struct lock *lock = &model->locks[key->lock];
	const struct stack *made =
		lock->created_stack == NO_INDEX ? NULL : &model->stacks[lock->created_stack];
	struct code_birth *birth = &place->birth;
	uint64_t value;
	*birth = (struct code_birth){.condition = distance_of(key)};
	place->is_variable =
		key->condition != NO_INDEX &&
		object_code_at_start(asks_code(inquiry->asks), place->test->lock, 1, &value);
	if (place->is_variable)
		return true;
	if (!made || made->process != lock->process ||
	    (lock->lives != 1 && key->condition != NO_INDEX))
		return false;
	while (birth->count < BIRTH_MOST_CALLS && birth->count < made->count &&
	       inquiry_place(inquiry, made, birth->count, &birth->returns[birth->count]))
		birth->count++;
	return birth->count;
}

/* Whether it asks before it makes the call again that the lock's address comes from. */
static bool asks_before_next(const struct inquiry *inquiry, const struct code_value *lock,
			     const struct condition_test *test)
{
	const struct activation *at = &inquiry->holding.activations[0];
	struct code_marks marks = {at->function, at->flow, NULL};
	struct code_way again = {at->call, 0, 0, CODE_NOWHERE, CODE_NOWHERE, false};
	bool is_way;
	if (lock->base != CODE_RESULT)
		return true;
	while (at->function->steps[again.to].instruction.address != lock->key)
		if (++again.to == at->function->count)
			return false;
	marks.of = xcalloc(at->function->count, 1);
	is_way = code_is_way(&marks, &again);
	free(marks.of);
	return !is_way ||
	       asks_between(inquiry->asks, at->function, at->flow, at->call, again.to, 0, test);
}

/* Whether it is a variable that was a lock before: what was so then may be so still. */
static bool is_made_again(const struct model *model, uint32_t lock)
{
	const struct lock *again = &model->locks[lock];
	if (!lock_is_static(model, again))
		return false;
	for (uint32_t i = 0; i < model->lock_count; i++) {
		const struct lock *other = &model->locks[i];
		if (i != lock && other->process == again->process &&
		    other->address == again->address && other->kind == again->kind)
			return true;
	}
	return again->lives > 1;
}

static bool inquire_alone(struct questions *questions, const struct answer_key *key,
			  const struct code_variable *variable)
{
	const struct model *model = questions->model;
	struct inquiry inquiry = {
		.model = questions->model,
		.files = questions->files,
		.hold = &model->stacks[key->hold_stack],
	};
	bool asked = false;
	if (is_made_again(model, key->lock) ||
	    model->locks[key->lock].process != inquiry.hold->process ||
	    !inquiry_find_holder(&inquiry, 0))
		return false;
	chain_follow(&inquiry, &inquiry.holding, inquiry.hold, 0, true);
	struct whereabouts whereabouts = locate(&inquiry, key);
	struct birthplace birthplace;
	const struct code_object object = {whereabouts.lock_relative, member_at_start, &birthplace};
	struct condition_test test = {
		.is_condition = is_condition,
		.is_lock = is_lock,
		.context = &whereabouts,
		.lock = whereabouts.lock_constant.offset,
		.condition = whereabouts.constant.offset,
		.alone = key->alone,
		.at_start = true,
		.variable = variable,
	};
	birthplace.asks = inquiry.asks;
	birthplace.test = &test;
	if (find_birth(&inquiry, key, &birthplace))
		test.object = &object;
	const struct activation *at = &inquiry.holding.activations[0];
	if (inquiry.holding.count)
		asked = asks_between(inquiry.asks, at->function, at->flow, at->call, ASKS_RETURN, 0,
				     &test) &&
			asks_before_next(&inquiry, &whereabouts.lock_relative, &test);
	chain_free(&inquiry.holding);
	return asked;
}

static bool inquire(struct questions *questions, const struct answer_key *key)
{
	const struct model *model = questions->model;
	const struct lock *lock = &model->locks[key->lock];
	const struct lock *condition = &model->locks[key->condition];
	struct inquiry inquiry = {
		.model = questions->model,
		.files = questions->files,
		.hold = &model->stacks[key->hold_stack],
		.join = &model->stacks[key->join_stack],
	};
	const unsigned partly = TRACE_STACK_CUT | TRACE_STACK_SITE_ONLY;
	if ((inquiry.hold->flags | inquiry.join->flags) & partly ||
	    inquiry.hold->process != inquiry.join->process ||
	    lock->process != inquiry.join->process || condition->process != lock->process ||
	    !inquiry_find_common(&inquiry))
		return false;
	chain_follow(&inquiry, &inquiry.holding, inquiry.hold, inquiry.hold_frame, false);
	chain_follow(&inquiry, &inquiry.joining, inquiry.join, inquiry.join_frame, false);
	struct whereabouts whereabouts = locate(&inquiry, key);
	struct condition_test test = {
		.is_condition = is_condition,
		.is_lock = is_lock,
		.context = &whereabouts,
		.lock = whereabouts.lock_constant.offset,
		.condition = whereabouts.constant.offset,
		.alone = key->alone,
	};
	bool asked = is_asked(&inquiry, &test);
	chain_free(&inquiry.holding);
	chain_free(&inquiry.joining);
	return asked;
}

static bool is_same_lock(const struct code_monitor *monitor, const struct code_value *value)
{
	const struct whereabouts *whereabouts = monitor->context;
	return is_value(value, &whereabouts->lock_constant) ||
	       is_value(value, &whereabouts->lock_relative);
}

/* It is another one when it is known where it is, and is not there. */
static bool may_be_condition(const struct code_monitor *monitor, const struct code_value *value)
{
	const struct whereabouts *whereabouts = monitor->context;
	const struct code_value *relative = &whereabouts->relative;
	if (value->base == CODE_CONSTANT)
		return value->offset == whereabouts->constant.offset;
	return value->base == CODE_UNKNOWN || value->base != relative->base ||
	       value->key != relative->key || value->offset == relative->offset;
}

/* Of the part of the way that is in the function of that frame. */
static enum code_section section_of(struct inquiry *inquiry, const struct answer_key *key,
				    uint32_t frame)
{
	enum code_section section = SECTION_ENDS;
	if (!inquiry_find_holder(inquiry, frame))
		return section;
	inquiry->holding = (struct chain){.count = 0};
	chain_follow(inquiry, &inquiry->holding, inquiry->hold, frame, true);
	const struct whereabouts whereabouts = locate(inquiry, key);
	const struct code_monitor monitor = {is_same_lock, may_be_condition, &whereabouts};
	const struct activation *at = &inquiry->holding.activations[0];
	if (inquiry->holding.count)
		section =
			code_section(inquiry->asks, at->function, at->flow, at->call, 0, &monitor);
	chain_free(&inquiry->holding);
	return section;
}

static bool inquire_signal(struct questions *questions, const struct answer_key *key)
{
	const struct model *model = questions->model;
	struct inquiry inquiry = {
		.model = questions->model,
		.files = questions->files,
		.hold = &model->stacks[key->hold_stack],
	};
	enum code_section section = SECTION_OPEN;
	if (model->locks[key->lock].process != inquiry.hold->process)
		return false;
	for (uint32_t frame = 0; frame < ASKS_MAX_DEPTH && section == SECTION_OPEN; frame++)
		section = section_of(&inquiry, key, frame);
	return section == SECTION_SIGNALS;
}

static bool answer_of(struct questions *questions, const struct answer_key *key)
{
	struct answer *answer;
	HASH_FIND(hh, questions->answers, key, sizeof(*key), answer);
	if (answer)
		return answer->asked;
	answer = xcalloc(1, sizeof(*answer));
	answer->key = *key;
	answer->asked = key->join_stack == NO_JOIN	? inquire_alone(questions, key, NULL)
			: key->join_stack == TO_RELEASE ? inquire_signal(questions, key)
							: inquire(questions, key);
	HASH_ADD(hh, questions->answers, key, sizeof(*key), answer);
	return answer->asked;
}

static int32_t words_between(const struct model *model, uint32_t lock, uint32_t condition)
{
	return (int32_t)((int64_t)(model->locks[condition].address - model->locks[lock].address) /
			 8);
}

bool questions_asked(struct questions *questions, uint32_t holder, uint32_t join,
		     uint32_t condition, bool alone)
{
	const struct node *hold = &questions->model->nodes[holder];
	const struct node *wants = &questions->model->nodes[join];
	if (hold->stack == NO_INDEX || wants->stack == NO_INDEX || condition == NO_INDEX)
		return false;
	return answer_of(questions, &(struct answer_key){
					    hold->stack,
					    wants->stack,
					    hold->taken,
					    condition,
					    hold->op,
					    alone,
					    words_between(questions->model, hold->taken, condition),
				    });
}

/* About the condition behind the lock that is taken by that node; join: NO_JOIN, or TO_RELEASE. */
static struct answer_key key_of(const struct questions *questions, uint32_t node, uint32_t join,
				uint32_t condition, uint32_t place)
{
	const struct model *model = questions->model;
	const struct node *hold = &model->nodes[node];
	struct answer_key key = {
		.hold_stack = hold->stack,
		.join_stack = join,
		.lock = hold->taken,
		.condition = condition,
		.op = hold->op,
		.alone = true,
		.apart = words_between(model, hold->taken, condition),
	};
	if (model->locks[hold->taken].lives > 1 && place) {
		key.condition = NO_INDEX;
		key.apart = (int32_t)(TRACE_EVENT_PLACE(model->locks[condition].address) - place);
	}
	return key;
}

static bool is_of_one_process(const struct questions *questions, uint32_t node, uint32_t condition)
{
	const struct model *model = questions->model;
	const struct node *hold = &model->nodes[node];
	return hold->stack != NO_INDEX &&
	       model->locks[hold->taken].process == model->locks[condition].process;
}

bool questions_asked_alone(struct questions *questions, uint32_t node, uint32_t condition,
			   uint32_t place)
{
	const struct answer_key key = key_of(questions, node, NO_JOIN, condition, place);
	return questions->model->nodes[node].parent == NO_INDEX &&
	       is_of_one_process(questions, node, condition) && answer_of(questions, &key);
}

bool questions_asked_while(struct questions *questions, uint32_t node, uint32_t condition,
			   const struct code_variable *variable)
{
	const struct answer_key key = key_of(questions, node, NO_JOIN, condition, 0);
	return questions->model->nodes[node].parent == NO_INDEX &&
	       is_of_one_process(questions, node, condition) &&
	       inquire_alone(questions, &key, variable);
}

bool questions_may_signal(struct questions *questions, uint32_t node, uint32_t condition,
			  uint32_t place)
{
	const struct answer_key key = key_of(questions, node, TO_RELEASE, condition, place);
	return is_of_one_process(questions, node, condition) && answer_of(questions, &key);
}

bool questions_counts(struct questions *questions, uint32_t node, struct code_count *count,
		      const struct module **module)
{
	const struct node *hold = &questions->model->nodes[node];
	if (hold->stack == NO_INDEX)
		return false;
	struct inquiry inquiry = {
		.model = questions->model,
		.files = questions->files,
		.hold = &questions->model->stacks[hold->stack],
	};
	const struct code_values given = code_values_given();
	bool counts = false;
	if (inquiry_find_holder(&inquiry, 0) &&
	    chain_add(&inquiry, &inquiry.holding, inquiry.hold, 0, &given)) {
		const struct activation *at = &inquiry.holding.activations[0];
		counts = code_counts(asks_code(inquiry.asks), at->function, at->flow, 0, at->call,
				     count);
	}
	*module = inquiry.module;
	chain_free(&inquiry.holding);
	return counts;
}

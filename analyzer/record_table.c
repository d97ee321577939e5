#include "record_table.h"

#include <assert.h>

#include "model.h"

/*
 * What values mean: N(record, field, style, target, flags). Everything that is not listed is a
 * plain number (or text, for arrays of characters).
 */
#define FIELD_NOTES(N) \
	N(module, start, ADDRESS, 0, 0) \
	N(module, end, ADDRESS, 0, 0) \
	N(module, bias, ADDRESS, 0, 0) \
	N(thread, creator, REFERENCE, TRACE_TYPE_thread, 0) \
	N(thread, created_stack, REFERENCE, TRACE_TYPE_stack, 0) \
	N(thread, state, FLAGS, 0, 0) \
	N(thread, joined_by, REFERENCE, TRACE_TYPE_thread, FIELD_MUTABLE) \
	N(thread, start_routine, ADDRESS, 0, 0) \
	N(stack, flags, FLAGS, 0, 0) \
	N(script, caller, REFERENCE, TRACE_TYPE_script, 0) \
	N(calls, stack, REFERENCE, TRACE_TYPE_stack, FIELD_REQUIRED) \
	N(calls, innermost, REFERENCE, TRACE_TYPE_script, FIELD_REQUIRED) \
	N(lock, address, ADDRESS, 0, 0) \
	N(lock, kind, KIND, 0, 0) \
	N(lock, flags, FLAGS, 0, 0) \
	N(lock, created_stack, REFERENCE, TRACE_TYPE_stack, 0) \
	N(lock, created_by, REFERENCE, TRACE_TYPE_thread, FIELD_MUTABLE) \
	N(lock, hold_histogram, REFERENCE, TRACE_TYPE_histogram, FIELD_MUTABLE) \
	N(node, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(node, parent, REFERENCE, TRACE_TYPE_node, 0) \
	N(node, lock, REFERENCE, TRACE_TYPE_lock, FIELD_REQUIRED) \
	N(node, stack, REFERENCE, TRACE_TYPE_stack, 0) \
	N(node, op, OP, 0, 0) \
	N(node, wait, REFERENCE, TRACE_TYPE_wait, FIELD_MUTABLE) \
	N(span, node, REFERENCE, TRACE_TYPE_node, FIELD_REQUIRED) \
	N(wait, node, REFERENCE, TRACE_TYPE_node, FIELD_REQUIRED) \
	N(wait, stack, REFERENCE, TRACE_TYPE_stack, 0) \
	N(trial, node, REFERENCE, TRACE_TYPE_node, FIELD_REQUIRED) \
	N(histogram, lock, REFERENCE, TRACE_TYPE_lock, FIELD_REQUIRED) \
	N(held, thread, REFERENCE, TRACE_TYPE_thread, FIELD_MUTABLE) \
	N(held, want, ADDRESS, 0, 0) \
	N(held, want_mutex, ADDRESS, 0, 0) \
	N(held, want_stack, REFERENCE, TRACE_TYPE_stack, FIELD_MUTABLE) \
	N(exec, thread, REFERENCE, TRACE_TYPE_thread, 0) \
	N(forked, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(identity, lock, REFERENCE, TRACE_TYPE_lock, FIELD_REQUIRED) \
	N(open_file, lock, REFERENCE, TRACE_TYPE_lock, FIELD_REQUIRED) \
	N(open_file, flags, FLAGS, 0, 0) \
	N(misuse, rule, RULE, 0, 0) \
	N(misuse, act, ACT, 0, 0) \
	N(misuse, other_act, ACT, 0, 0) \
	N(misuse, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(misuse, lock, REFERENCE, TRACE_TYPE_lock, 0) \
	N(misuse, stack, REFERENCE, TRACE_TYPE_stack, 0) \
	N(misuse, with, REFERENCE, TRACE_TYPE_lock, 0) \
	N(misuse, other_thread, REFERENCE, TRACE_TYPE_thread, 0) \
	N(misuse, other_stack, REFERENCE, TRACE_TYPE_stack, 0) \
	N(misuse, other_lock, REFERENCE, TRACE_TYPE_lock, 0) \
	N(misuse, target, REFERENCE, TRACE_TYPE_thread, 0) \
	N(deadlock, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(deadlock, node, REFERENCE, TRACE_TYPE_node, 0) \
	N(deadlock, lock, REFERENCE, TRACE_TYPE_lock, FIELD_REQUIRED) \
	N(deadlock, stack, REFERENCE, TRACE_TYPE_stack, 0) \
	N(deadlock, op, OP, 0, 0) \
	N(handlers, signals, FLAGS, 0, 0) \
	N(runtime, signals, FLAGS, 0, 0) \
	N(alarms, signals, FLAGS, 0, 0) \
	N(counts, thread, REFERENCE, TRACE_TYPE_thread, FIELD_MUTABLE) \
	N(label, lock, REFERENCE, TRACE_TYPE_lock, FIELD_REQUIRED) \
	N(label, flags, FLAGS, 0, 0) \
	N(ignored, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(sync, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(futex, stack, REFERENCE, TRACE_TYPE_stack, 0) \
	N(sync, stack, REFERENCE, TRACE_TYPE_stack, 0) \
	N(sync, object, ADDRESS, 0, 0) \
	N(event, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(event, lock, REFERENCE, TRACE_TYPE_lock, FIELD_REQUIRED) \
	N(event, kind, EVENT, 0, 0) \
	N(event, act, ACT, 0, 0) \
	N(event, node, REFERENCE, TRACE_TYPE_node, 0) \
	N(event, stack, REFERENCE, TRACE_TYPE_stack, 0) \
	N(tally, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(tally, lock, REFERENCE, TRACE_TYPE_lock, FIELD_REQUIRED) \
	N(tally, kind, EVENT, 0, 0) \
	N(tally, flags, FLAGS, 0, 0) \
	N(wakes, objects, ADDRESS, 0, 0) \
	N(across, node, REFERENCE, TRACE_TYPE_node, FIELD_REQUIRED | FIELD_MUTABLE) \
	N(blind, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(limited_join, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(limited_join, stack, REFERENCE, TRACE_TYPE_stack, FIELD_REQUIRED) \
	N(guarded, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(alike, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(task, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(task, flags, FLAGS, 0, 0) \
	N(task, creator, REFERENCE, TRACE_TYPE_thread, 0) \
	N(guarded, node, REFERENCE, TRACE_TYPE_node, FIELD_REQUIRED) \
	N(signal, node, REFERENCE, TRACE_TYPE_node, FIELD_REQUIRED | FIELD_MUTABLE) \
	N(awaited, thread, REFERENCE, TRACE_TYPE_thread, FIELD_REQUIRED) \
	N(awaited, node, REFERENCE, TRACE_TYPE_node, 0)

struct field_note {
	uint16_t type;
	size_t offset;
	enum field_style style;
	enum trace_type target;
	unsigned flags;
};

static const struct field_note notes[] = {
#define N(record, field, style, target, flags) \
	{TRACE_TYPE_##record, offsetof(struct trace_##record, field), STYLE_##style, target, flags},
	FIELD_NOTES(N)
#undef N
};

static struct record_kind kinds[RECORD_TYPES];

static void apply_notes(uint16_t type, struct record_field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (fields[i].width == 1)
			fields[i].style = STYLE_TEXT;
		for (size_t n = 0; n < sizeof(notes) / sizeof(*notes); n++) {
			if (notes[n].type != type || notes[n].offset != fields[i].offset)
				continue;
			fields[i].style = notes[n].style;
			fields[i].target = notes[n].target;
			fields[i].flags = notes[n].flags;
		}
	}
}

/* The local typedef tells the field macros whose fields they list. */
static void make_table(void)
{
#define F(type, field, help) {#field, help, offsetof(owner, field), sizeof(type), 1, 0, 0, 0},
#define A(type, field, length, help) \
	{#field, help, offsetof(owner, field), sizeof(type), length, 0, 0, 0},
#define R(code, name, tail, help) \
	{ \
		typedef struct trace_##name owner; \
		static struct record_field fields[] = {TRACE_FIELDS_##name(F, A)}; \
		const size_t count = sizeof(fields) / sizeof(*fields); \
\
		apply_notes(code, fields, count); \
		kinds[code] = (struct record_kind){#name,	help,	sizeof(owner), \
						   TAIL_##tail, fields, count}; \
	}
	TRACE_RECORDS(R)
#undef R
#undef A
#undef F
}

const struct record_kind *record_kind(uint16_t type)
{
	if (!kinds[TRACE_TYPE_process].name)
		make_table();
	return type < RECORD_TYPES && kinds[type].name ? &kinds[type] : NULL;
}

const char *record_code_name(enum field_style style, uint64_t value)
{
	uint16_t code = value <= UINT16_MAX ? (uint16_t)value : 0;

	switch (style) {
	case STYLE_OP:
		return op_function(code);
	case STYLE_ACT:
		return act_function(code);
	case STYLE_RULE:
		return misuse_rule(code);
	case STYLE_EVENT:
		return event_kind_name(code);
	case STYLE_KIND:
		return lock_kind_name((enum trace_lock_kind)code);
	default:
		return NULL;
	}
}

uint64_t record_value(const struct trace_record *record, const struct record_field *field,
		      size_t index)
{
	const char *at = (const char *)record + field->offset + index * field->width;

	switch (field->width) {
	case 2:
		return *(const uint16_t *)at;
	case 4:
		return *(const uint32_t *)at;
	case 8:
		return *(const uint64_t *)at;
	}
	assert(field->width == 1);
	return *(const uint8_t *)at;
}

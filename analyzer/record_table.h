/*
 * The record table at run time, made from include/gordian/trace_format.h: for each record its
 * fields, what its tail is, and what the values of a field mean. The reader checks with it, the
 * dump prints with it.
 */
#ifndef GORDIAN_RECORD_TABLE_H
#define GORDIAN_RECORD_TABLE_H

#include <gordian/trace_format.h>
#include <stddef.h>

enum record_tail { TAIL_none, TAIL_text, TAIL_words, TAIL_held, TAIL_slots };

/* What a field's value is, beyond a number. */
enum field_style {
	STYLE_NUMBER,
	STYLE_TEXT, /* characters, not necessarily terminated */
	STYLE_ADDRESS,
	STYLE_FLAGS,
	STYLE_REFERENCE,
	STYLE_OP,    /* enum trace_op */
	STYLE_KIND,  /* enum trace_lock_kind */
	STYLE_ACT,   /* enum trace_act or enum trace_op; 0: none */
	STYLE_RULE,  /* enum trace_misuse_rule */
	STYLE_EVENT, /* enum trace_event_kind */
};

#define FIELD_REQUIRED 1u /* a reference that may not be 0 */
#define FIELD_MUTABLE 2u  /* a reference that may be set after its record was committed */

struct record_field {
	const char *name;
	const char *help;
	size_t offset; /* in the record */
	size_t width;  /* bytes of one element */
	size_t length; /* elements; 1: not an array */
	enum field_style style;
	enum trace_type target; /* of a reference */
	unsigned flags;		/* FIELD_ bits of a reference */
};

struct record_kind {
	const char *name;
	const char *help;
	size_t size; /* bytes of the fixed part, the head included */
	enum record_tail tail;
	const struct record_field *fields;
	size_t field_count;
};

/* The kind of a record, or NULL for a type that is not known. */
const struct record_kind *record_kind(uint16_t type);

/* The name of a code in a field of that style; NULL: there is no such code, or no such style. */
const char *record_code_name(enum field_style style, uint64_t value);

/* One past the highest type that is known. */
#define RECORD_TYPES TRACE_TYPES

/* The value of element `index` of a numeric field. */
uint64_t record_value(const struct trace_record *record, const struct record_field *field,
		      size_t index);

#endif

/* What a trace's records say, checked; their shapes were checked when they were found. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model.h"
#include "reader_image.h"
#include "record_table.h"
#include "xalloc.h"

static uint64_t offset_of(uint32_t reference)
{
	return (uint64_t)reference * 8;
}

static const char *type_name(const struct trace_record *record)
{
	return record ? record_kind(record->type)->name : "none";
}

/*
 * One reference at *value. A mutable one that is ahead of the copy becomes 0, or its record is
 * taken out (*keep) where that may not be; a fixed one that is ahead of it can only belong to a
 * late record, which is taken out.
 */
static bool check_reference(struct image *image, uint32_t owner, uint32_t *value, uint64_t offset,
			    const struct record_field *field, bool *keep)
{
	const struct trace_record *target = image_record(image, *value);

	if (target && target->type == field->target)
		return true;
	if (*value == 0 && !(field->flags & FIELD_REQUIRED))
		return true;
	if (*value && !target && image_uncommitted(image, *value)) {
		if (field->flags & FIELD_MUTABLE && image->live) {
			if (field->flags & FIELD_REQUIRED)
				*keep = false;
			else
				*value = 0;
			return true;
		}
		if (image_late(image, owner)) {
			*keep = false;
			return true;
		}
	}
	return image_fail(
		image, offset, "expected the %s of this record to refer to a %s, found %u (%s)",
		field->name, record_kind((uint16_t)field->target)->name, *value, type_name(target));
}

/* What a code of that style stands for, as a message names it; NULL: the field is no code. */
static const char *const code_names[] = {
	[STYLE_OP] = "an operation",
	[STYLE_KIND] = "a kind of lock",
	[STYLE_ACT] = "an act",
	[STYLE_RULE] = "a rule of misuse",
	[STYLE_EVENT] = "a kind of event",
};

static bool is_code(const struct record_field *field)
{
	return field->style < sizeof(code_names) / sizeof(*code_names) && code_names[field->style];
}

static bool check_code(struct image *image, uint64_t offset, const struct record_field *field,
		       uint64_t value)
{
	if ((field->style == STYLE_ACT && !value) || record_code_name(field->style, value))
		return true;
	return image_fail(image, offset, "expected the code of %s, found %u",
			  code_names[field->style], (unsigned)value);
}

static bool check_held(struct image *image, uint32_t reference, bool *keep)
{
	static const struct record_field node = {
		.name = "node",
		.style = STYLE_REFERENCE,
		.target = TRACE_TYPE_node,
		.flags = FIELD_MUTABLE,
	};
	struct trace_held *held = (struct trace_held *)image_record(image, reference);
	struct trace_held_entry *entries = (struct trace_held_entry *)(held + 1);
	const size_t room = (held->head.size - sizeof(*held)) / sizeof(*entries);

	if (held->room > room)
		return image_fail(image, offset_of(reference) + offsetof(struct trace_held, room),
				  "expected room for at most %zu held locks, found %u", room,
				  held->room);
	for (size_t i = 0; i < held->room && entries[i].lock; i++) {
		uint64_t offset = offset_of(reference) + sizeof(*held) + i * sizeof(*entries) +
				  offsetof(struct trace_held_entry, node);

		if (!check_reference(image, reference, &entries[i].node, offset, &node, keep))
			return false;
	}
	return true;
}

static bool check_counts(struct image *image, uint32_t reference, bool *keep)
{
	static const struct record_field node = {
		.name = "node",
		.style = STYLE_REFERENCE,
		.target = TRACE_TYPE_node,
		.flags = FIELD_MUTABLE,
	};
	struct trace_counts *counts = (struct trace_counts *)image_record(image, reference);
	struct trace_slot *slots = (struct trace_slot *)((char *)counts + counts->first);

	if (counts->first < sizeof(*counts) || counts->first % 8 ||
	    counts->first > counts->head.size)
		return image_fail(image,
				  offset_of(reference) + offsetof(struct trace_counts, first),
				  "expected a multiple of 8 from %zu to %u, found %u",
				  sizeof(*counts), counts->head.size, counts->first);
	if (counts->slots > (counts->head.size - counts->first) / sizeof(*slots))
		return image_fail(
			image, offset_of(reference) + offsetof(struct trace_counts, slots),
			"expected at most %zu slots, found %u",
			(counts->head.size - counts->first) / sizeof(*slots), counts->slots);
	for (uint32_t i = 0; i < counts->slots; i++) {
		uint64_t offset = offset_of(reference) + counts->first + i * sizeof(*slots) +
				  offsetof(struct trace_slot, node);

		if (slots[i].key &&
		    !check_reference(image, reference, &slots[i].node, offset, &node, keep))
			return false;
	}
	return true;
}

/* Everything that names something else, or is one of a set of codes. */
static bool check_fields(struct image *image, uint32_t reference)
{
	struct trace_record *record = image_record(image, reference);
	const struct record_kind *kind = record_kind(record->type);
	bool keep = true;

	for (size_t i = 0; i < kind->field_count; i++) {
		const struct record_field *field = &kind->fields[i];
		uint64_t offset = offset_of(reference) + field->offset;
		bool good = true;

		if (field->style == STYLE_REFERENCE)
			good = check_reference(image, reference,
					       (uint32_t *)((char *)record + field->offset), offset,
					       field, &keep);
		else if (is_code(field))
			good = check_code(image, offset, field, record_value(record, field, 0));
		if (!good)
			return false;
	}
	if (record->type == TRACE_TYPE_held && !check_held(image, reference, &keep))
		return false;
	if (record->type == TRACE_TYPE_counts && !check_counts(image, reference, &keep))
		return false;
	if (!keep)
		image_drop(image, reference);
	return true;
}

/* At least `wanted` strings in the text after `fixed` bytes. */
static bool check_strings(struct image *image, uint32_t reference, size_t fixed, uint64_t wanted)
{
	const struct trace_record *record = image_record(image, reference);
	const char *at = (const char *)record + fixed, *end = (const char *)record + record->size;
	uint64_t found = 0;

	for (; found < wanted && at < end; found++)
		at = memchr(at, '\0', (size_t)(end - at)) + 1;
	if (found == wanted)
		return true;
	return image_fail(image, offset_of(reference) + fixed,
			  "expected %llu strings in the text, found %llu",
			  (unsigned long long)wanted, (unsigned long long)found);
}

static bool check_process(struct image *image, uint32_t reference)
{
	const struct trace_process *process =
		(const struct trace_process *)image_record(image, reference);

	return check_strings(image, reference, sizeof(*process),
			     1 + (uint64_t)process->argument_count);
}

static bool check_module(struct image *image, uint32_t reference)
{
	const struct trace_module *module =
		(const struct trace_module *)image_record(image, reference);
	const char *id;

	if (!check_strings(image, reference, sizeof(*module), 2))
		return false;
	if (module->start > module->end)
		return image_fail(image, offset_of(reference) + offsetof(struct trace_module, end),
				  "expected an end behind the start of the module");
	id = (const char *)(module + 1);
	for (id += strlen(id) + 1; *id; id++) {
		if (!isxdigit((unsigned char)*id))
			return image_fail(
				image, offset_of(reference) + (uint64_t)(id - (const char *)module),
				"expected a hexadecimal digit of a build-id, found 0x%02x",
				(unsigned char)*id);
	}
	return true;
}

static bool check_label(struct image *image, uint32_t reference)
{
	return check_strings(image, reference, sizeof(struct trace_label), 2);
}

/* A caller was there before: so every chain of them ends. */
static bool check_script(struct image *image, uint32_t reference)
{
	const struct trace_script *script =
		(const struct trace_script *)image_record(image, reference);

	if (!check_strings(image, reference, sizeof(*script), 2))
		return false;
	if (script->caller < reference)
		return true;
	return image_fail(image, offset_of(reference) + offsetof(struct trace_script, caller),
			  "expected a caller before this record, found %u", script->caller);
}

static bool check_stack(struct image *image, uint32_t reference)
{
	const struct trace_stack *stack =
		(const struct trace_stack *)image_record(image, reference);
	const size_t room = (stack->head.size - sizeof(*stack)) / sizeof(uint64_t);

	if (stack->count <= room && stack->count <= TRACE_MAX_FRAMES)
		return true;
	return image_fail(image, offset_of(reference) + offsetof(struct trace_stack, count),
			  "expected at most %zu frames, found %u",
			  room < TRACE_MAX_FRAMES ? room : TRACE_MAX_FRAMES, stack->count);
}

/* What a node holds was taken by its own thread. */
static bool check_node(struct image *image, uint32_t reference)
{
	const struct trace_node *node = (const struct trace_node *)image_record(image, reference);
	const struct trace_node *parent =
		(const struct trace_node *)image_record(image, node->parent);

	if (!parent || parent->thread == node->thread)
		return true;
	return image_fail(image, offset_of(reference) + offsetof(struct trace_node, parent),
			  "expected a parent of the same thread (%u), found one of thread %u",
			  node->thread, parent->thread);
}

static bool check_span(struct image *image, uint32_t reference)
{
	const struct trace_span *span = (const struct trace_span *)image_record(image, reference);

	if (span->first_epoch <= span->last_epoch)
		return true;
	return image_fail(image, offset_of(reference) + offsetof(struct trace_span, last_epoch),
			  "expected a last epoch of at least %u, found %u", span->first_epoch,
			  span->last_epoch);
}

static bool (*const checks_by_type[RECORD_TYPES])(struct image *, uint32_t) = {
	[TRACE_TYPE_process] = check_process, [TRACE_TYPE_module] = check_module,
	[TRACE_TYPE_stack] = check_stack,     [TRACE_TYPE_node] = check_node,
	[TRACE_TYPE_span] = check_span,	      [TRACE_TYPE_label] = check_label,
	[TRACE_TYPE_script] = check_script,
};

/* One walk over all fields; *dropped: late records were left out, so others may now refer to
 * nothing. */
static bool check_all_fields(struct image *image, bool *dropped)
{
	size_t kept = 0;

	*dropped = false;
	for (size_t i = 0; i < image->record_count; i++) {
		if (!check_fields(image, image->records[i]))
			return false;
		if (image_record(image, image->records[i]))
			image->records[kept++] = image->records[i];
		else
			*dropped = true;
	}
	image->record_count = kept;
	return true;
}

/* References between late records go only a few chunks far; the limit is for files that are not
 * what a recorder writes. */
static bool settle_fields(struct image *image)
{
	const unsigned limit = 64;
	bool dropped = true;

	for (unsigned i = 0; dropped && i < limit; i++) {
		if (!check_all_fields(image, &dropped))
			return false;
	}
	if (dropped)
		return image_fail(image, TRACE_HEADER_SIZE,
				  "expected records that refer to earlier ones; the file changes "
				  "while it is read");
	return true;
}

/*
 * Every node's chain of parents ends. Each chain is walked until it meets a node that is known to
 * end, and then marked, so that a node is walked over twice at most.
 */
static bool check_chain(struct image *image, uint64_t *ends, uint32_t first)
{
	const struct trace_node *node;
	size_t steps = 0;

	for (uint32_t at = first; at && !(ends[at / 64] >> at % 64 & 1); at = node->parent) {
		node = (const struct trace_node *)image_record(image, at);
		if (steps++ > image->record_count)
			return image_fail(image,
					  offset_of(first) + offsetof(struct trace_node, parent),
					  "expected a chain of parents that ends, found a cycle");
	}
	for (uint32_t at = first; at && !(ends[at / 64] >> at % 64 & 1); at = node->parent) {
		node = (const struct trace_node *)image_record(image, at);
		ends[at / 64] |= UINT64_C(1) << at % 64;
	}
	return true;
}

static bool check_chains(struct image *image)
{
	uint64_t *ends = xcalloc(image->header.allocated / 512 + 1, sizeof(*ends));
	bool good = true;

	for (size_t i = 0; good && i < image->record_count; i++) {
		if (image_record(image, image->records[i])->type == TRACE_TYPE_node)
			good = check_chain(image, ends, image->records[i]);
	}
	free(ends);
	return good;
}

bool image_check(struct image *image)
{
	uint32_t process = 0;

	if (!settle_fields(image))
		return false;
	for (size_t i = 0; i < image->record_count; i++) {
		uint32_t reference = image->records[i];
		uint16_t type = image_record(image, reference)->type;

		if (checks_by_type[type] && !checks_by_type[type](image, reference))
			return false;
		if (type == TRACE_TYPE_process && process)
			return image_fail(image, offset_of(reference),
					  "expected one process record, found a second");
		if (type == TRACE_TYPE_process)
			process = reference;
	}
	return check_chains(image);
}

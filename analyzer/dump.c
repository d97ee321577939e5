#include "dump.h"

#include <inttypes.h>
#include <string.h>

#include "record_table.h"

static void put_text(FILE *out, const char *text, size_t length)
{
	fputc('"', out);
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < ' ' || c == '"' || c == '\\' || c == 0x7f)
			fprintf(out, "\\x%02x", c);
		else
			fputc(c, out);
	}
	fputc('"', out);
}

static void put_reference(FILE *out, uint64_t reference)
{
	if (reference)
		fprintf(out, "@%" PRIu64, reference * 8);
	else
		fputc('-', out);
}

static void put_value(FILE *out, const struct record_field *field, uint64_t value)
{
	const char *name;

	switch (field->style) {
	case STYLE_REFERENCE:
		put_reference(out, value);
		return;
	case STYLE_ADDRESS:
	case STYLE_FLAGS:
		fprintf(out, "0x%" PRIx64, value);
		return;
	default:
		break;
	}
	name = record_code_name(field->style, value);
	if (name)
		fputs(name, out);
	else
		fprintf(out, "%" PRIu64, value);
}

static void put_field(FILE *out, const struct trace_record *record,
		      const struct record_field *field)
{
	fprintf(out, " %s=", field->name);
	if (field->style == STYLE_TEXT) {
		const char *text = (const char *)record + field->offset;

		put_text(out, text, strnlen(text, field->length));
		return;
	}
	for (size_t i = 0; i < field->length; i++) {
		if (i)
			fputc(',', out);
		put_value(out, field, record_value(record, field, i));
	}
}

/* Every string; what pads the record to its length is not one, unless strings are due. */
static void put_strings(FILE *out, const char *at, const char *end, size_t due)
{
	for (size_t i = 0; at < end && (i < due || *at); i++) {
		size_t length = strlen(at);

		fputs(" text=", out);
		put_text(out, at, length);
		at += length + 1;
	}
}

/* How many strings a record's text has. */
static size_t strings_due(const struct trace_record *record)
{
	switch (record->type) {
	case TRACE_TYPE_process:
		return 1 + (size_t)((const struct trace_process *)record)->argument_count;
	case TRACE_TYPE_module:
		return 2;
	}
	return 1;
}

static void put_held(FILE *out, const struct trace_record *record, const char *tail)
{
	const struct trace_held *held = (const struct trace_held *)record;
	const struct trace_held_entry *entries = (const struct trace_held_entry *)tail;

	for (uint32_t i = 0; i < held->room && entries[i].lock; i++) {
		fprintf(out, " {lock=0x%" PRIx64 " node=", entries[i].lock);
		put_reference(out, entries[i].node);
		fprintf(out, " since=%" PRIu64 "}", entries[i].since);
	}
}

/* The free ones are left out. */
static void put_slots(FILE *out, const struct trace_record *record)
{
	const struct trace_counts *counts = (const struct trace_counts *)record;
	const struct trace_slot *slots =
		(const struct trace_slot *)((const char *)record + counts->first);

	for (uint32_t i = 0; i < counts->slots; i++) {
		if (!slots[i].key)
			continue;
		fputs(" {node=", out);
		put_reference(out, slots[i].node);
		fprintf(out, " count=%" PRIu32 "}", slots[i].count);
	}
}

static void put_tail(FILE *out, const struct trace_record *record, const struct record_kind *kind)
{
	const char *tail = (const char *)record + kind->size;
	const char *end = (const char *)record + record->size;

	switch (kind->tail) {
	case TAIL_none:
		break;
	case TAIL_text:
		put_strings(out, tail, end, strings_due(record));
		break;
	case TAIL_words:
		for (; tail < end; tail += sizeof(uint64_t))
			fprintf(out, " 0x%" PRIx64, *(const uint64_t *)tail);
		break;
	case TAIL_held:
		put_held(out, record, tail);
		break;
	case TAIL_slots:
		put_slots(out, record);
		break;
	}
}

static const char *end_name(uint32_t end)
{
	static const char *const names[] = {
#define E(code, name, help) [code] = #name,
		TRACE_ENDS(E)
#undef E
	};

	return end < sizeof(names) / sizeof(*names) ? names[end] : "unknown";
}

static void put_drops(FILE *out, const struct trace_header *h)
{
#define D(code, name, help) \
	if (h->drops[code]) \
		fprintf(out, " dropped_" #name "=%" PRIu64, h->drops[code]);
	TRACE_DROPS(D)
#undef D
}

static void put_header(FILE *out, const struct trace_header *h)
{
	fprintf(out, "0 header version=%u window=%" PRIu64 " allocated=%" PRIu64, h->version,
		h->window, h->allocated);
	fprintf(out, " pid=%u parent_pid=%u start_realtime_ns=%" PRIu64, h->pid, h->parent_pid,
		h->start_realtime_ns);
	fprintf(out, " ticks=%" PRIu64 ",%" PRIu64 " mono_ns=%" PRIu64 ",%" PRIu64, h->ticks[0],
		h->ticks[1], h->mono_ns[0], h->mono_ns[1]);
	fprintf(out, " nominal_hz=%" PRIu64 " end=%s end_value=%d end_mono_ns=%" PRIu64,
		h->nominal_hz, end_name(h->end), h->end_value, h->end_mono_ns);
	fprintf(out, " early=%" PRIu64 " widened=%" PRIu64, h->early, h->widened);
	put_drops(out, h);
	fputc('\n', out);
}

static bool put_record(void *context, const struct trace_header *header,
		       const struct reader_record *record)
{
	FILE *out = context;

	if (!record) {
		put_header(out, header);
		return !ferror(out);
	}

	const struct record_kind *kind = record_kind(record->head->type);

	fprintf(out, "%" PRIu64 " %s", record->offset, kind->name);
	for (size_t i = 0; i < kind->field_count; i++)
		put_field(out, record->head, &kind->fields[i]);
	put_tail(out, record->head, kind);
	fputc('\n', out);
	return !ferror(out);
}

bool dump_trace(FILE *out, const char *path, struct reader_error *error)
{
	return reader_each(path, put_record, out, error);
}

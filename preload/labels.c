/* Owns the labels of live locks. */
#include "labels.h"

#include "address_map.h"
#include "arena.h"
#include "recorder.h"

#include <string.h>

enum { NAME_MAX_BYTES = 256 }; /* of a name or a class, NUL included */

struct label {
	bool has_level;
	int level;
	char name[NAME_MAX_BYTES], class[NAME_MAX_BYTES];
};

static struct address_map labels;

static struct label *find(uint64_t address)
{
	return (struct label *)(uintptr_t)address_map_get(&labels, address);
}

bool labels_has(uint64_t address)
{
	return labels.used && find(address);
}

static struct label *find_or_make(uint64_t address)
{
	struct label *label = find(address);

	if (label)
		return label;
	label = arena_alloc(sizeof(*label));
	if (label && !address_map_put(&labels, address, (uintptr_t)label)) {
		arena_free(label, sizeof(*label));
		label = NULL;
	}
	return label;
}

static size_t copy_text(char *to, const char *from)
{
	size_t length = strnlen(from, NAME_MAX_BYTES - 1);

	memcpy(to, from, length);
	to[length] = '\0';
	return length + 1;
}

void labels_write(uint64_t address, uint32_t ref)
{
	const struct label *label = labels.used ? find(address) : NULL;
	struct trace_label *record;
	size_t tail;
	char *text;

	if (!label)
		return;
	tail = (strlen(label->name) + strlen(label->class) + 2 + 7) & ~(size_t)7;
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_label, sizeof(*record) + tail);
	if (!record)
		return;
	record->lock = ref;
	record->flags = label->has_level ? TRACE_LABEL_LEVEL : 0;
	record->level = (uint64_t)(int64_t)label->level;
	text = (char *)(record + 1);
	text += copy_text(text, label->name);
	copy_text(text, label->class);
	trace_commit(&recorder_cursor, record);
}

void labels_set(uint64_t address, uint32_t ref, const struct label_change *change)
{
	struct label *label = find_or_make(address);

	if (!label) {
		trace_drop(TRACE_DROP_no_memory);
		return;
	}
	if (change->name)
		copy_text(label->name, change->name);
	if (change->class) {
		copy_text(label->class, change->class);
		label->level = change->level;
		label->has_level = true;
	}
	if (ref)
		labels_write(address, ref);
}

void labels_end(uint64_t address)
{
	struct label *label = labels.used ? find(address) : NULL;

	if (!label)
		return;
	address_map_remove(&labels, address);
	arena_free(label, sizeof(*label));
}

void labels_move(uint64_t from, uint64_t to)
{
	struct label *label = labels.used ? find(from) : NULL;

	if (!label || !address_map_put(&labels, to, (uintptr_t)label))
		return;
	address_map_remove(&labels, from);
}

/* A pool of strings, as a hash table keyed by the text itself. */
#include "intern.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct interned {
	UT_hash_handle hh;
	char *text;
};

struct intern {
	struct interned *table;
};

struct intern *intern_new(void)
{
	return xcalloc(1, sizeof(struct intern));
}

void intern_free(struct intern *pool)
{
	struct interned *entry, *next;

	if (!pool)
		return;
	HASH_ITER (hh, pool->table, entry, next) {
		HASH_DEL(pool->table, entry);
		free(entry->text);
		free(entry);
	}
	free(pool);
}

const char *intern_take(struct intern *pool, char *text)
{
	struct interned *entry;
	size_t length;

	if (!text)
		return NULL;
	length = strlen(text);
	HASH_FIND(hh, pool->table, text, length, entry);
	if (entry) {
		free(text);
		return entry->text;
	}
	entry = xcalloc(1, sizeof(*entry));
	entry->text = text;
	HASH_ADD_KEYPTR(hh, pool->table, entry->text, length, entry);
	return text;
}

const char *intern_text(struct intern *pool, const char *text)
{
	return text ? intern_take(pool, xstrdup(text)) : NULL;
}

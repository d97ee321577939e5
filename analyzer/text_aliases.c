/* Short names for locks whose names are long. */
#include "text_aliases.h"
#include "human.h"
#include "xalloc.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char *name_of(const struct text_aliases *aliases, uint32_t lock)
{
	return names_lock(aliases->names, lock);
}

static const struct text_alias *find(const struct text_aliases *aliases, uint32_t lock)
{
	size_t i;

	for (i = 0; i < aliases->count; i++)
		if (aliases->items[i].lock == lock)
			return &aliases->items[i];
	return NULL;
}

/* The end of a thread, which is joined, has the thread's name. */
static bool is_long(const struct text_aliases *aliases, uint32_t lock)
{
	return aliases->model->locks[lock].kind != TRACE_LOCK_thread &&
	       human_columns(name_of(aliases, lock)) > TEXT_ALIAS_COLUMNS;
}

/* Whether the sentence, which knows names only, could mean another lock of the finding. */
static bool has_namesake(const struct text_aliases *aliases, const struct finding *finding,
			 uint32_t lock)
{
	size_t i;

	for (i = 0; i < finding->lock_count; i++)
		if (finding->locks[i] != lock &&
		    strcmp(name_of(aliases, finding->locks[i]), name_of(aliases, lock)) == 0)
			return true;
	return false;
}

static void add(struct text_aliases *aliases, const struct finding *finding, uint32_t lock)
{
	if (aliases->count < TEXT_ALIASES_MAX && is_long(aliases, lock) && !find(aliases, lock) &&
	    !has_namesake(aliases, finding, lock))
		aliases->items[aliases->count++].lock = lock;
}

/* Whether a name can end before that: a number, or a line, belongs to it. */
static bool is_end(const char *rest)
{
	if (strncmp(rest, " #", 2) == 0 || (*rest == ':' && isdigit((unsigned char)rest[1])))
		return false;
	return *rest != '_' && *rest != '+' && !isalnum((unsigned char)*rest);
}

/* The item whose name the text begins with, the longest one; `count`: none. *length: the name's. */
static size_t begins(const struct text_aliases *aliases, const char *text, size_t *length)
{
	size_t best = aliases->count, i;

	for (i = 0, *length = 0; i < aliases->count; i++) {
		const char *name = name_of(aliases, aliases->items[i].lock);
		size_t size = strlen(name);

		if (size > *length && strncmp(text, name, size) == 0 && is_end(text + size)) {
			best = i;
			*length = size;
		}
	}
	return best;
}

/* The words of an item, which has the next letter if it had none: it moves up among those. */
static const char *letter(struct text_aliases *aliases, size_t item, size_t *lettered)
{
	struct text_alias alias = aliases->items[item];

	if (item < *lettered)
		return aliases->items[item].words;
	snprintf(alias.words, sizeof(alias.words), "lock %c", (char)('A' + *lettered));
	aliases->items[item] = aliases->items[*lettered];
	aliases->items[*lettered] = alias;
	return aliases->items[(*lettered)++].words;
}

/* The sentence with aliases, which have their letters by it. */
static char *shorten(struct text_aliases *aliases, const char *sentence)
{
	/* No alias is longer than the name it stands for. */
	char *shorter = xmalloc(strlen(sentence) + 1), *end = shorter;
	size_t lettered = 0, length, item;

	while (*sentence) {
		item = begins(aliases, sentence, &length);
		if (item < aliases->count) {
			end = stpcpy(end, letter(aliases, item, &lettered));
			sentence += length;
		} else {
			*end++ = *sentence++;
		}
	}
	*end = '\0';
	while (lettered < aliases->count)
		letter(aliases, lettered, &lettered);
	return shorter;
}

char *text_aliases_make(struct text_aliases *aliases, const struct analysis *analysis,
			const struct finding *finding)
{
	size_t i;

	*aliases = (struct text_aliases){.model = analysis->model, .names = analysis->names};
	if (finding->lock_count > 1)
		for (i = 0; i < finding->lock_count; i++)
			add(aliases, finding, finding->locks[i]);
	return shorten(aliases, finding->message);
}

const char *text_aliases_lock(const struct text_aliases *aliases, uint32_t lock)
{
	const struct text_alias *alias = find(aliases, lock);

	return alias ? alias->words : name_of(aliases, lock);
}

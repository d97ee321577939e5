/* Interned places, and the parts of function names that compilers add. */
#include "place.h"
#include "model.h"
#include "xalloc.h"
#include <stdlib.h>
#include <string.h>
#include <uthash.h>

struct place {
	char *text;
	uint32_t id;
	UT_hash_handle hh;
};

struct places {
	place_lookup *lookup;
	void *context;
	size_t stack_count;
	uint32_t *of_stack; /* NO_INDEX: not computed; the last one is for NO_INDEX itself */
	struct place *by_text;
	struct place **by_id;
	uint32_t count, size;
};

struct places *places_new(size_t stack_count, place_lookup *lookup, void *context)
{
	struct places *places = xcalloc(1, sizeof(*places));
	places->lookup = lookup;
	places->context = context;
	places->stack_count = stack_count;
	places->of_stack = xmalloc((stack_count + 1) * sizeof(*places->of_stack));
	memset(places->of_stack, 0xff, (stack_count + 1) * sizeof(*places->of_stack));
	return places;
}

void places_free(struct places *places)
{
	if (!places)
		return;
	HASH_CLEAR(hh, places->by_text);
	for (uint32_t i = 0; i < places->count; i++) {
		free(places->by_id[i]->text);
		free(places->by_id[i]);
	}
	free(places->by_id);
	free(places->of_stack);
	free(places);
}

/*
 * Length without what a compiler adds to a function it clones or splits ("f.constprop.0",
 * "f.part.1.isra.0", "f [clone .cold]"): whether it does differs between builds.
 */
static size_t source_length(const char *text)
{
	static const char *const suffixes[] = {" [clone ", ".constprop.", ".isra.",	".part.",
					       ".cold",	   ".lto_priv.",  ".localalias"};
	size_t length = strlen(text);
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(*suffixes); i++) {
		const char *found = strstr(text, suffixes[i]);
		if (found && found != text && (size_t)(found - text) < length)
			length = found - text;
	}
	return length;
}

static uint32_t intern(struct places *places, const char *text)
{
	size_t length = source_length(text);
	struct place *place;
	HASH_FIND(hh, places->by_text, text, length, place);
	if (place)
		return place->id;
	place = xcalloc(1, sizeof(*place));
	place->text = xstrndup(text, length);
	place->id = places->count;
	HASH_ADD_KEYPTR(hh, places->by_text, place->text, length, place);
	if (places->count == places->size) {
		places->size = places->size ? places->size * 2 : 64;
		places->by_id = xreallocarray(places->by_id, places->size, sizeof(*places->by_id));
	}
	places->by_id[places->count] = place;
	return places->count++;
}

uint32_t places_of(struct places *places, uint32_t stack)
{
	size_t slot = stack < places->stack_count ? stack : places->stack_count;
	if (places->of_stack[slot] == NO_INDEX) {
		const char *text = slot == stack ? places->lookup(places->context, stack) : NULL;
		places->of_stack[slot] = intern(places, text && *text ? text : "?");
	}
	return places->of_stack[slot];
}

const char *places_text(const struct places *places, uint32_t place)
{
	return places->by_id[place]->text;
}

int places_compare(const struct places *places, uint32_t a, uint32_t b)
{
	return a == b ? 0 : strcmp(places->by_id[a]->text, places->by_id[b]->text);
}

/* The grammar of RFC 2603, one function for each of its rules; a rule that does not fit fails. */
#include "demangle_rust.h"
#include "xalloc.h"
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Back references can make a name much longer than its symbol, and refer to themselves. */
enum { MOST_DEPTH = 64, MOST_NAME = 4096 };

struct rust {
	const char *start, *at; /* behind "_R" */
	char *name;
	size_t length;
	unsigned depth;
	bool failed;
};

static void rust_path(struct rust *rust, bool is_value);
static void rust_type(struct rust *rust);

static void fail(struct rust *rust)
{
	rust->failed = true;
	rust->at = "";
}

static void put_some(struct rust *rust, const char *text, size_t length)
{
	if (rust->failed || length >= MOST_NAME - rust->length) {
		fail(rust);
		return;
	}
	memcpy(rust->name + rust->length, text, length);
	rust->length += length;
}

static void put(struct rust *rust, const char *text)
{
	put_some(rust, text, strlen(text));
}

static bool eat(struct rust *rust, char wanted)
{
	if (*rust->at != wanted)
		return false;
	rust->at++;
	return true;
}

static char next(struct rust *rust)
{
	if (*rust->at)
		return *rust->at++;
	fail(rust);
	return '\0';
}

/* "_" is 0, "0_" is 1, …; of hashes, which nobody looks at, the lowest bits. */
static uint64_t base_62(struct rust *rust)
{
	uint64_t value = 0;

	if (eat(rust, '_'))
		return 0;
	while (!rust->failed && !eat(rust, '_')) {
		char digit = next(rust);
		unsigned add = isdigit((unsigned char)digit)   ? (unsigned)(digit - '0')
			       : islower((unsigned char)digit) ? (unsigned)(digit - 'a') + 10
							       : (unsigned)(digit - 'A') + 36;

		if (!isalnum((unsigned char)digit))
			fail(rust);
		value = value * 62 + add;
	}
	return value + 1;
}

static void skip_marked(struct rust *rust, char mark)
{
	if (eat(rust, mark))
		base_62(rust);
}

/* Punycode stays as it is. */
static void rust_word(struct rust *rust)
{
	size_t length = 0;

	eat(rust, 'u');
	if (!isdigit((unsigned char)*rust->at))
		fail(rust);
	/* "0" is a number by itself, whatever follows. */
	if (!eat(rust, '0'))
		while (isdigit((unsigned char)*rust->at) && length < MOST_NAME)
			length = length * 10 + (size_t)(*rust->at++ - '0');
	eat(rust, '_');
	if (rust->failed || strnlen(rust->at, length + 1) < length) {
		fail(rust);
		return;
	}
	put_some(rust, rust->at, length);
	rust->at += length;
}

/* What it refers to is read in its place. */
static void rust_back(struct rust *rust, void (*rule)(struct rust *rust))
{
	const char *from = rust->at - 1, *after;
	uint64_t where = base_62(rust);

	after = rust->at;
	if (rust->failed || where >= (uint64_t)(from - rust->start)) {
		fail(rust);
		return;
	}
	rust->at = rust->start + where;
	rule(rust);
	if (!rust->failed)
		rust->at = after;
}

static void path_of_value(struct rust *rust)
{
	rust_path(rust, true);
}

static void path_of_type(struct rust *rust)
{
	rust_path(rust, false);
}

/* Up to the "E" that ends it. */
static void rust_list(struct rust *rust, void (*rule)(struct rust *rust))
{
	for (bool first = true; !rust->failed && !eat(rust, 'E'); first = false) {
		if (!first)
			put(rust, ", ");
		rule(rust);
	}
}

/* A number; other constants are not worth the place. */
static void rust_const(struct rust *rust)
{
	char type = next(rust), number[32];
	const char *digits;

	if (type == 'B') {
		rust_back(rust, rust_const);
		return;
	}
	if (type == 'p' || !strchr("ahilmnostxyjbc", type)) {
		put(rust, "_");
		if (type != 'p')
			fail(rust);
		return;
	}
	if (eat(rust, 'n'))
		put(rust, "-");
	digits = rust->at;
	while (isxdigit((unsigned char)*rust->at))
		rust->at++;
	if (!eat(rust, '_'))
		fail(rust);
	snprintf(number, sizeof(number), "%llu", strtoull(digits, NULL, 16));
	put(rust, number);
}

static void rust_argument(struct rust *rust)
{
	if (eat(rust, 'L')) {
		base_62(rust);
		put(rust, "'_");
	} else if (eat(rust, 'K')) {
		rust_const(rust);
	} else {
		rust_type(rust);
	}
}

/* Whether a path without arguments is next. */
static bool is_plain(struct rust *rust)
{
	const char *at = rust->at;
	char tag = *at;

	if (eat(rust, 'B')) {
		uint64_t where = base_62(rust);

		tag = !rust->failed && where < (uint64_t)(at - rust->start) ? rust->start[where]
									    : '\0';
	}
	if (!rust->failed)
		rust->at = at;
	return tag == 'C' || tag == 'N';
}

/* <Type>, <Type as Trait>; a plain type stands for itself. */
static void rust_self(struct rust *rust, bool has_trait)
{
	bool bare = !has_trait && is_plain(rust);

	if (!bare)
		put(rust, "<");
	rust_type(rust);
	if (has_trait) {
		put(rust, " as ");
		rust_path(rust, false);
	}
	if (!bare)
		put(rust, ">");
}

/* Where an implementation stands does not matter. */
static void rust_impl(struct rust *rust)
{
	size_t length = rust->length;

	skip_marked(rust, 's');
	rust_path(rust, false);
	if (!rust->failed)
		rust->length = length;
}

static void rust_nested(struct rust *rust)
{
	char space = next(rust);
	size_t length;

	rust_path(rust, true);
	if (isupper((unsigned char)space)) {
		char number[32];
		uint64_t which = eat(rust, 's') ? base_62(rust) + 1 : 0;

		put(rust, space == 'C' ? "::{closure" : space == 'S' ? "::{shim" : "::{");
		length = rust->length;
		put(rust, ":");
		rust_word(rust);
		if (!rust->failed && rust->length == length + 1)
			rust->length = length;
		snprintf(number, sizeof(number), "#%llu}", (unsigned long long)which);
		put(rust, number);
		return;
	}
	skip_marked(rust, 's');
	length = rust->length;
	put(rust, "::");
	rust_word(rust);
	if (!rust->failed && rust->length == length + 2)
		rust->length = length;
}

static void rust_path_inside(struct rust *rust, bool is_value)
{
	char tag = next(rust);

	switch (tag) {
	case 'C':
		skip_marked(rust, 's');
		rust_word(rust);
		break;
	case 'N':
		rust_nested(rust);
		break;
	case 'M':
		rust_impl(rust);
		rust_self(rust, false);
		break;
	case 'X':
		rust_impl(rust);
		rust_self(rust, true);
		break;
	case 'Y':
		rust_self(rust, true);
		break;
	case 'I':
		rust_path(rust, is_value);
		put(rust, is_value ? "::<" : "<");
		rust_list(rust, rust_argument);
		put(rust, ">");
		break;
	case 'B':
		rust_back(rust, is_value ? path_of_value : path_of_type);
		break;
	default:
		fail(rust);
	}
}

static void rust_path(struct rust *rust, bool is_value)
{
	if (++rust->depth > MOST_DEPTH)
		fail(rust);
	if (!rust->failed)
		rust_path_inside(rust, is_value);
	rust->depth--;
}

/* Behind its "F". */
static void rust_function_type(struct rust *rust)
{
	skip_marked(rust, 'G');
	put(rust, eat(rust, 'U') ? "unsafe fn(" : "fn(");
	if (eat(rust, 'K') && !eat(rust, 'C')) {
		size_t length = rust->length;

		rust_word(rust);
		if (!rust->failed)
			rust->length = length;
	}
	rust_list(rust, rust_type);
	put(rust, ")");
	if (eat(rust, 'u'))
		return;
	put(rust, " -> ");
	rust_type(rust);
}

/* What is bound of the trait's types stands among its arguments. */
static void rust_bound(struct rust *rust)
{
	bool has_some;

	rust_path(rust, false);
	if (*rust->at != 'p')
		return;
	has_some = rust->length && rust->name[rust->length - 1] == '>';
	rust->length -= has_some;
	for (const char *between = has_some ? ", " : "<"; eat(rust, 'p'); between = ", ") {
		put(rust, between);
		rust_word(rust);
		put(rust, "=");
		rust_type(rust);
	}
	put(rust, ">");
}

/* Behind its "D". */
static void rust_dyn(struct rust *rust)
{
	put(rust, "dyn ");
	skip_marked(rust, 'G');
	for (bool first = true; !rust->failed && !eat(rust, 'E'); first = false) {
		if (!first)
			put(rust, " + ");
		rust_bound(rust);
	}
	if (!eat(rust, 'L'))
		fail(rust);
	base_62(rust);
}

static const char *basic_type(char tag)
{
	static const char *const names[] = {
		['a'] = "i8",  ['b'] = "bool", ['c'] = "char",	['d'] = "f64",	 ['e'] = "str",
		['f'] = "f32", ['h'] = "u8",   ['i'] = "isize", ['j'] = "usize", ['l'] = "i32",
		['m'] = "u32", ['n'] = "i128", ['o'] = "u128",	['p'] = "_",	 ['s'] = "i16",
		['t'] = "u16", ['u'] = "()",   ['v'] = "...",	['x'] = "i64",	 ['y'] = "u64",
		['z'] = "!",
	};

	return islower((unsigned char)tag) ? names[(unsigned char)tag] : NULL;
}

static void rust_array(struct rust *rust, bool has_length)
{
	put(rust, "[");
	rust_type(rust);
	if (has_length) {
		put(rust, "; ");
		rust_const(rust);
	}
	put(rust, "]");
}

static void rust_reference(struct rust *rust, const char *how)
{
	skip_marked(rust, 'L');
	put(rust, how);
	rust_type(rust);
}

static void rust_tuple(struct rust *rust)
{
	put(rust, "(");
	rust_list(rust, rust_type);
	put(rust, ")");
}

static void rust_type_inside(struct rust *rust)
{
	char tag = next(rust);

	if (basic_type(tag)) {
		put(rust, basic_type(tag));
		return;
	}
	switch (tag) {
	case 'A':
	case 'S':
		rust_array(rust, tag == 'A');
		break;
	case 'T':
		rust_tuple(rust);
		break;
	case 'R':
	case 'Q':
		rust_reference(rust, tag == 'R' ? "&" : "&mut ");
		break;
	case 'P':
	case 'O':
		put(rust, tag == 'P' ? "*const " : "*mut ");
		rust_type(rust);
		break;
	case 'F':
		rust_function_type(rust);
		break;
	case 'D':
		rust_dyn(rust);
		break;
	case 'B':
		rust_back(rust, rust_type);
		break;
	default:
		if (!rust->failed) {
			rust->at--;
			rust_path(rust, false);
		}
	}
}

static void rust_type(struct rust *rust)
{
	if (++rust->depth > MOST_DEPTH)
		fail(rust);
	if (!rust->failed)
		rust_type_inside(rust);
	rust->depth--;
}

char *demangle_rust(const char *symbol)
{
	struct rust rust = {.start = symbol + 2, .at = symbol + 2};

	/* A digit would be the version of another grammar. */
	if (strncmp(symbol, "_R", 2) || !isupper((unsigned char)symbol[2]))
		return NULL;
	rust.name = xmalloc(MOST_NAME);
	rust_path(&rust, true);
	/* The crate that it was made for. */
	if (!rust.failed && isupper((unsigned char)*rust.at)) {
		size_t length = rust.length;

		rust_path(&rust, false);
		rust.length = length;
	}
	if (rust.failed || (*rust.at && *rust.at != '.' && *rust.at != '@')) {
		free(rust.name);
		return NULL;
	}
	rust.name[rust.length] = '\0';
	return rust.name;
}

/* Demangling through the C++ runtime and libiberty, and the trimming that makes a name short and
 * stable. */
#include "demangle.h"
#include "xalloc.h"
#include <ctype.h>
#include <libiberty/demangle.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The Itanium C++ ABI's demangler, in libstdc++; there is no C header for it. */
extern char *__cxa_demangle(const char *mangled, char *buffer, size_t *length, int *status);

/* Suffixes that gcc and clang add to the clones and parts they make of a function. */
static const char *const clone_suffixes[] = {
	".part.",     ".constprop.", ".isra.",	    ".cold",
	".lto_priv.", ".llvm.",	     ".localalias", ".clone.",
};

static void cut_at(char *text, const char *mark)
{
	char *found = strstr(text, mark);

	if (found && found != text)
		*found = '\0';
}

/* A static variable inside a function is "lock.3" in the symbol table of a C program. */
static void cut_number(char *text)
{
	char *end = text + strlen(text);

	while (end > text && isdigit((unsigned char)end[-1]))
		end--;
	if (*end && end > text + 1 && end[-1] == '.')
		end[-1] = '\0';
}

static void cut_suffixes(char *text)
{
	size_t i;

	cut_at(text, "@");
	for (i = 0; i < sizeof(clone_suffixes) / sizeof(clone_suffixes[0]); i++)
		cut_at(text, clone_suffixes[i]);
	cut_number(text);
}

/* The bracket that the closing one at `end` belongs to, or NULL. */
static char *opening(char *text, char *end)
{
	int depth = 0;

	for (; end >= text; end--) {
		if (*end == ')')
			depth++;
		else if (*end == '(' && --depth == 0)
			return end;
	}
	return NULL;
}

/* Cuts the parameter list and what follows it: "f(int) const" becomes "f". */
static bool cut_parameters(char *name)
{
	char *close = strrchr(name, ')');
	char *open;

	if (!close || strchr(close, ':') || strchr(close, '>'))
		return false; /* part of a scope: "(anonymous namespace)::lock" */
	open = opening(name, close);
	if (!open || open == name)
		return false;
	*open = '\0';
	return true;
}

/* "operator new", "operator bool": the blank belongs to the name. */
static bool is_operator(const char *name, const char *blank)
{
	return blank - name >= 8 && !strncmp(blank - 8, "operator", 8);
}

/* Where the name proper begins: behind the last blank outside all brackets, which ends the return
 * type that templates carry. */
static const char *skip_return_type(const char *name)
{
	const char *start = name, *at;
	int depth = 0;

	for (at = name; *at; at++) {
		if (!strncmp(at, "operator", 8))
			break;
		if (strchr("<({[", *at))
			depth++;
		else if (strchr(">)}]", *at))
			depth--;
		else if (*at == ' ' && depth == 0 && !is_operator(name, at))
			start = at + 1;
	}
	return start;
}

/* NULL: it is no Rust symbol. */
static char *demangle_rust(const char *symbol)
{
	char *plain = xstrdup(symbol), *name;

	cut_at(plain, "@");
	cut_at(plain, ".llvm.");
	name = rust_demangle(plain, DMGL_NO_OPTS);
	free(plain);
	return name;
}

static void replace_all(char *text, const char *from, const char *to)
{
	size_t length = strlen(from), shorter = strlen(to);
	char *found;

	while ((found = strstr(text, from))) {
		memcpy(found, to, shorter);
		memmove(found + shorter, found + length, strlen(found + length) + 1);
	}
}

/* "lock[abi:cxx11]": which of two binary interfaces it has is not part of the name. */
static void cut_abi_tags(char *name)
{
	char *tag, *end;

	while ((tag = strstr(name, "[abi:")) && (end = strchr(tag, ']')))
		memmove(tag, end + 1, strlen(end + 1) + 1);
}

/* The names as they stand in source code; `from` must be the longer one. */
static void shorten_standard(char *name)
{
	replace_all(
		name,
		"std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> >",
		"std::string");
	replace_all(name, "std::__cxx11::", "std::");
	replace_all(name, " >", ">");
	cut_abi_tags(name);
}

char *demangle(const char *symbol)
{
	char *plain, *full, *name = demangle_rust(symbol);
	int status;

	if (name)
		return name;
	plain = xstrdup(symbol);
	if (strncmp(symbol, "_Z", 2)) {
		cut_suffixes(plain);
		return plain;
	}
	cut_at(plain, "@");
	full = __cxa_demangle(plain, NULL, NULL, &status);
	if (!full)
		return plain;
	free(plain);
	cut_at(full, " [clone");
	shorten_standard(full);
	if (!cut_parameters(full))
		return full;
	name = xstrdup(skip_return_type(full));
	free(full);
	return name;
}

/* Longer names lose their template arguments in prose. */
#define LONG_NAME 48u

/* Whether a '<' or '>' belongs to the name of an operator: operator<, operator<<, operator->. */
static bool in_operator(const char *name, const char *at)
{
	while (at > name && strchr("<>-=", at[-1]))
		at--;
	return is_operator(name, at);
}

/* "map<int, string>::at" becomes "map<...>::at". */
static char *elide_templates(const char *name)
{
	char *result = xmalloc(4 * strlen(name) + 1); /* every "<" may become "<..." */
	char *out = result;
	const char *in;
	int depth = 0;

	for (in = name; *in; in++) {
		bool bracket = (*in == '<' || *in == '>') && !in_operator(name, in);

		if (bracket && *in == '>' && depth > 0)
			depth--;
		if (depth == 0)
			*out++ = *in;
		if (bracket && *in == '<' && depth++ == 0)
			out = stpcpy(out, "...");
	}
	*out = '\0';
	return result;
}

char *demangle_short(const char *name)
{
	char *result;

	if (strlen(name) <= LONG_NAME)
		return xstrdup(name);
	result = elide_templates(name);
	/* Of a function that encloses a lambda. */
	replace_all(result, "operator()() const::", "operator()::");
	replace_all(result, "operator()()::", "operator()::");
	return result;
}

/* What runs it: the name up to the first type, or to the type of the call. */
static const struct {
	const char *before, *behind;
	bool has_call;
} carriers[] = {
	{"std::thread::_State_impl<std::thread::_Invoker<std::tuple<", "::_M_run", false},
	{"std::_Function_handler<", "::_M_invoke", true},
};

/* The end of the template argument that begins there. */
static const char *argument_end(const char *at)
{
	int depth = 0;

	for (; *at; at++) {
		if (depth == 0 && (*at == ',' || *at == '>'))
			return at;
		depth += strchr("<({[", *at) ? 1 : strchr(">)}]", *at) ? -1 : 0;
	}
	return at;
}

static char *carried_by(const char *name, size_t carrier)
{
	const char *before = carriers[carrier].before, *behind = carriers[carrier].behind;
	const char *type = name + strlen(before), *end;
	size_t length = strlen(name), tail = strlen(behind);

	if (strncmp(name, before, strlen(before)) || length < tail ||
	    strcmp(name + length - tail, behind))
		return NULL;
	end = argument_end(type);
	if (carriers[carrier].has_call && !strncmp(end, ", ", 2))
		end = argument_end(type = end + 2);
	if (end == type || end[-1] != '}')
		return NULL;
	return xasprintf("%.*s::operator()", (int)(end - type), type);
}

char *demangle_carried(const char *name)
{
	char *carried = NULL;

	for (size_t i = 0; !carried && i < sizeof(carriers) / sizeof(*carriers); i++)
		carried = carried_by(name, i);
	return carried;
}

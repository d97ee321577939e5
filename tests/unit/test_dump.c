/* Unit tests: the dump of a trace with every type of record. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dump.h"
#include "record_table.h"
#include "suite.h"
#include "trace_builder.h"
#include "xalloc.h"

static char *dumped(const struct trace_builder *b)
{
	char path[] = "/tmp/test_dump.XXXXXX";
	struct reader_error error;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	close(mkstemp(path));
	builder_write(b, path);
	bool good = dump_trace(out, path, &error);
	unlink(path);
	fclose(out);
	ck_assert_msg(good, "%s", error.text);
	return text;
}

static void contains(const char *text, const char *words)
{
	ck_assert_msg(strstr(text, words), "no \"%s\" in:\n%s", words, text);
}

START_TEST(every_record_and_field)
{
	struct trace_builder *b = builder_rich();
	char *text = dumped(b);

	ck_assert(strncmp(text, "0 header version=4 ", 19) == 0);
	for (uint16_t type = 1; type < RECORD_TYPES; type++) {
		const struct record_kind *kind = record_kind(type);

		if (!kind)
			continue;
		char *name = xasprintf(" %s ", kind->name);
		const char *line = strstr(text, name);
		ck_assert_msg(line, "no record of type %s", kind->name);
		const char *end = strchr(line, '\n');
		for (size_t i = 0; i < kind->field_count; i++) {
			char *field = xasprintf(" %s=", kind->fields[i].name);
			const char *found = strstr(line, field);

			ck_assert_msg(found && found < end, "no%s of %s", field, kind->name);
			free(field);
		}
		free(name);
	}
	free(text);
	builder_free(b);
}
END_TEST

START_TEST(what_values_look_like)
{
	struct trace_builder *b = builder_rich();
	char *text = dumped(b);

	contains(text, "\n4112 process pid=100 argument_count=2 text=\"/bin/prog\" "
		       "text=\"prog\" text=\"-x\"\n");
	contains(text, " start=0x400000 end=0x500000 bias=0x400000 loaded=0 unloaded=4294967295 "
		       "text=\"/bin/prog\" text=\"0123abcd\"\n");
	contains(text, " address=0x600000 kind=mutex flags=0x0 created_stack=@");
	contains(text, " parent=- lock=@");
	contains(text, " op=pthread_mutex_trylock ");
	contains(text, " flags=0x0 0x401100 0x401200 0x401300\n");
	contains(text, " want=0x0 want_since=0 {lock=0x600000 node=@");
	contains(text, " slots=4 first=64 zero=0 {node=@");
	contains(text, " count=7}\n");
	contains(text, " failed=1 text=\"/bin/next\"\n");
	free(text);
	builder_free(b);
}
END_TEST

START_TEST(one_line_per_record)
{
	struct trace_builder *b = builder_new();
	uint32_t thread = builder_main(b);

	memcpy(((struct trace_thread *)builder_at(b, thread))->name, "a\nb\"\\\x7f", 6);
	builder_process(b, "/bin/new\nline", "", "", NULL);
	char *text = dumped(b);
	contains(text, " name=\"a\\x0ab\\x22\\x5c\\x7f\"\n");
	contains(text, " text=\"/bin/new\\x0aline\" text=\"\" text=\"\"\n");
	unsigned lines = 0;
	for (const char *c = text; *c; c++)
		lines += *c == '\n';
	ck_assert_uint_eq(lines, 3);
	free(text);
	builder_free(b);
}
END_TEST

START_TEST(empty_trace_has_its_header)
{
	struct trace_builder *b = builder_new();

	builder_header(b)->drops[TRACE_DROP_thread] = 12;
	char *text = dumped(b);
	contains(text, "0 header version=4 ");
	contains(text, " end=exit ");
	contains(text, " dropped_thread=12");
	free(text);
	builder_free(b);
}
END_TEST

START_TEST(bad_trace_is_an_error)
{
	struct reader_error error;

	ck_assert(!dump_trace(stdout, "/dev/null", &error));
	ck_assert_str_eq(error.text, "/dev/null: offset 0: expected a regular file");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("dump");
	TCase *cases = tcase_create("dump");

	tcase_add_test(cases, every_record_and_field);
	tcase_add_test(cases, what_values_look_like);
	tcase_add_test(cases, one_line_per_record);
	tcase_add_test(cases, empty_trace_has_its_header);
	tcase_add_test(cases, bad_trace_is_an_error);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}

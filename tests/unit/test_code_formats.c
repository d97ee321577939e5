/*
 * Unit tests: formats that stand in this very program, and which functions take some, by their
 * names.
 */
#include <limits.h>
#include <stddef.h>

#include "code_formats.h"
#include "code_writes.h"
#include "object_code.h"
#include "own_code.h"
#include "suite.h"

static const struct {
	char text[24];
	unsigned scans;
} formats[] = {
	{"", 0},	   {"no % of it at the end %", 2}, {"%d %ld %hhu", 3}, {"100%% %*d %d", 1},
	{"%1$d %2$5s", 2}, {"%[^]%d] %[]%s] %[%]", 3},	   {"%ms%n", 2},
};

static char changing[] = "%d";

START_TEST(scans)
{
	struct object_file object;
	own_code_write(own_code_bytes(), own_code_size());
	own_code_open(&object);
	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		ck_assert_uint_eq(
			code_format_scans(&object, own_code_address((uintptr_t)formats[i].text)),
			formats[i].scans);
	ck_assert_uint_eq(code_format_scans(&object, own_code_address((uintptr_t)changing)),
			  UINT_MAX);
	ck_assert_uint_eq(code_format_scans(&object, UINT64_MAX), UINT_MAX);
	ck_assert(code_formats_count(&object));
	object_close(&object);
}
END_TEST

START_TEST(names)
{
	ck_assert_uint_eq(code_scans_behind("__isoc99_sscanf"), 2);
	ck_assert_uint_eq(code_scans_behind("scanf"), 1);
	ck_assert_uint_eq(code_scans_behind("my_sscanf"), 0);
	ck_assert(code_takes_list("__isoc99_vsscanf") && code_takes_list("__vfprintf_chk"));
	ck_assert(!code_takes_list("sscanf") && !code_takes_list("printf"));
	ck_assert(code_writes_format("__snprintf_chk") && code_writes_format("warnx") &&
		  !code_writes_format("puts"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("code_formats");
	TCase *tests = tcase_create("code_formats");
	tcase_add_checked_fixture(tests, own_code_setup, own_code_teardown);
	tcase_add_test(tests, scans);
	tcase_add_test(tests, names);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

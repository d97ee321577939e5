/* Unit tests: what all formats have in common: the report's verdict, full disks, their list. */

#include "report_made.h"
#include "suite.h"

START_TEST(verdicts)
{
	abba();
	analyse();
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_FINDINGS);
	fixture.findings.truncated.cycles = 1;
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_FINDINGS);
	fixture.findings.items[0].baseline = true;
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_INCOMPLETE);
	fixture.findings.truncated.cycles = 0;
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_CLEAN);
	fixture.report.lost_count = 1;
	ck_assert_int_eq(report_verdict(&fixture.report), REPORT_INCOMPLETE);
}
END_TEST

START_TEST(full_disk)
{
	FILE *full = fopen("/dev/full", "w");

	abba();
	analyse();
	ck_assert_ptr_nonnull(full);
	setvbuf(full, NULL, _IONBF, 0);
	ck_assert(!format_find(_i ? "json" : "text")->print(&fixture.report, full));
	fclose(full);
}
END_TEST

START_TEST(list_of_formats)
{
	ck_assert_str_eq(formats[0]->name, "text");
	ck_assert_ptr_nonnull(format_find("json"));
	ck_assert_ptr_null(format_find("jso"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("formats");
	TCase *tests = tcase_create("formats");

	tcase_add_checked_fixture(tests, report_set_up, report_tear_down);
	tcase_add_test(tests, verdicts);
	tcase_add_loop_test(tests, full_disk, 0, 2);
	suite_add_tcase(suite, tests);
	tests = tcase_create("list");
	tcase_add_test(tests, list_of_formats);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

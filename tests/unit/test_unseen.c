/* Modules that may order threads unseen. The test looks itself up: it has waits in futexes. */
#include "suite.h"
#include "unseen.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { FUTEX_WAIT_HERE = 128 };

static struct process processes[2];
static struct module modules[3];
static struct model model = {.processes = processes, .modules = modules, .process_count = 2};
static char own[PATH_MAX], gone[] = "/nowhere/libgone.so", libc[] = "/nowhere/libc.so.6",
			   vdso[] = "linux-vdso.so.1", none[] = "";

/* What makes this program one that waits. */
long wait_here(int *word);
long wait_here(int *word)
{
	return syscall(SYS_futex, word, FUTEX_WAIT_HERE, 1, NULL, NULL, 0);
}

static struct unseen_module ask(uint32_t process)
{
	struct unseen *unseen = unseen_new(&model);
	struct unseen_module answer = unseen_in(unseen, process);
	ck_assert_uint_eq(unseen_in(unseen, process).module, answer.module);
	unseen_free(unseen);
	return answer;
}

static void add(uint32_t process, char *path)
{
	modules[model.module_count++] =
		(struct module){.process = process, .path = path, .build_id = none};
}

static void setup(void)
{
	ssize_t length = readlink("/proc/self/exe", own, sizeof(own) - 1);
	int word = 0;
	ck_assert_int_gt(length, 0);
	own[length] = '\0';
	ck_assert_int_eq(wait_here(&word), -1);
	processes[0].start_realtime_ns = processes[1].start_realtime_ns = UINT64_MAX;
	model.module_count = 0;
}

START_TEST(module_that_waits)
{
	add(0, gone);
	add(0, own);
	struct unseen_module answer = ask(0);
	ck_assert_uint_eq(answer.module, 1);
	ck_assert(!answer.gone);
	char *text = unseen_text(&model, answer);
	ck_assert_ptr_nonnull(strstr(text, "but test_unseen has waits in futexes"));
	free(text);
}
END_TEST

START_TEST(module_of_another_process)
{
	add(0, own);
	ck_assert_uint_eq(ask(1).module, NO_INDEX);
	char *text = unseen_text(&model, UNSEEN_NONE);
	ck_assert_str_eq(text, "");
	free(text);
}
END_TEST

START_TEST(file_that_is_gone)
{
	add(0, gone);
	struct unseen_module answer = ask(0);
	ck_assert_uint_eq(answer.module, 0);
	ck_assert(answer.gone);
	char *text = unseen_text(&model, answer);
	ck_assert_ptr_nonnull(strstr(text, "libgone.so"));
	ck_assert_ptr_nonnull(strstr(text, "is gone or is another one"));
	free(text);
}
END_TEST

START_TEST(file_that_is_another_one)
{
	add(0, own);
	processes[0].start_realtime_ns = 0;
	ck_assert(ask(0).gone);
}
END_TEST

START_TEST(files_that_need_no_look)
{
	add(0, libc);
	add(0, vdso);
	ck_assert_uint_eq(ask(0).module, NO_INDEX);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("unseen");
	TCase *cases = tcase_create("unseen");
	tcase_add_checked_fixture(cases, setup, NULL);
	tcase_add_test(cases, module_that_waits);
	tcase_add_test(cases, module_of_another_process);
	tcase_add_test(cases, file_that_is_gone);
	tcase_add_test(cases, file_that_is_another_one);
	tcase_add_test(cases, files_that_need_no_look);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}

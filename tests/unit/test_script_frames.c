/* Unit tests: where the frames of interpreted code stand among those of the process. */
#include <stdlib.h>

#include "script_frames.h"
#include "suite.h"
#include "wrappers.h"
#include "xalloc.h"

#define PYTHON "/usr/bin/python3.11"

static struct script scripts[] = {
	{.caller = NO_INDEX,
	 .file = (char *)"/lib/python3.11/threading.py",
	 .line = 1038,
	 .function = (char *)"Thread._bootstrap"},
	{.caller = 0, .file = (char *)"/x/prog.py", .line = 20, .function = (char *)"run"},
	{.caller = 1, .file = (char *)"/x/prog.py", .line = 6, .function = (char *)"Cache.get"},
	{.caller = 2,
	 .file = (char *)"/lib/python3.11/queue.py",
	 .line = 171,
	 .function = (char *)"Queue.get"},
};
static const struct model model = {.scripts = scripts, .script_count = 4};

static struct frame *insert(const struct frame *given, size_t *count, uint32_t innermost)
{
	struct frame *frames = xreallocarray(NULL, *count, sizeof(*frames));

	for (size_t i = 0; i < *count; i++)
		frames[i] = given[i];
	return script_frames_insert(&model, innermost, frames, count);
}

START_TEST(before_the_evaluation)
{
	static const struct frame given[] = {
		{.function = "sqlite3_step", .module = "/lib/libsqlite3.so.0"},
		{.function = "vectorcall", .module = PYTHON},
		{.function = "_PyEval_EvalFrameDefault", .module = PYTHON},
		{.function = "_PyEval_EvalFrameDefault", .module = PYTHON},
		{.function = "start_thread", .module = "/lib/libc.so.6"},
	};
	size_t count = 5;
	struct frame *frames = insert(given, &count, 3);

	ck_assert_uint_eq(count, 9);
	ck_assert_str_eq(frames[1].function, "vectorcall");
	ck_assert_str_eq(frames[2].function, "Queue.get");
	ck_assert_str_eq(frames[5].function, "Thread._bootstrap");
	ck_assert_str_eq(frames[6].function, "_PyEval_EvalFrameDefault");
	ck_assert_str_eq(frames[3].module, PYTHON);
	ck_assert(!frames[0].carries && frames[1].carries && !frames[2].carries);
	ck_assert_uint_eq(frames_place(frames, count), 0);
	ck_assert_uint_eq(frames_place(frames + 1, count - 1), 2);
	ck_assert_str_eq(frames[3].function, "Cache.get");
	free(frames);
}
END_TEST

START_TEST(without_names)
{
	static const struct frame given[] = {
		{.module = "/lib/libsqlite3.so.0"},
		{.module = PYTHON},
		{.module = PYTHON},
		{.module = "/lib/libc.so.6"},
	};
	size_t count = 4;
	struct frame *frames = insert(given, &count, 1);

	ck_assert_uint_eq(count, 6);
	ck_assert_str_eq(frames[3].function, "run");
	ck_assert_str_eq(frames[4].function, "Thread._bootstrap");
	free(frames);
}
END_TEST

/* Where there is nothing but the library, its innermost frame is the place. */
START_TEST(only_the_library)
{
	static const struct frame given[] = {{.module = PYTHON}};
	size_t count = 1;
	struct frame *frames = insert(given, &count, 0);

	ck_assert_uint_eq(count, 2);
	ck_assert(script_is_library(&frames[1]));
	ck_assert_uint_eq(frames_place(frames, count), 1);
	free(frames);
}
END_TEST

START_TEST(no_frames_at_all)
{
	size_t count = 0;
	struct frame *frames = script_frames_insert(&model, 1, NULL, &count);

	ck_assert_uint_eq(count, 2);
	ck_assert_ptr_null(frames[0].module);
	free(frames);
}
END_TEST

START_TEST(what_a_thread_runs)
{
	ck_assert_str_eq(script_outermost(&model, 3), "run");
	ck_assert_ptr_null(script_outermost(&model, 0));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("script_frames");
	TCase *frames = tcase_create("frames");

	tcase_add_test(frames, before_the_evaluation);
	tcase_add_test(frames, without_names);
	tcase_add_test(frames, only_the_library);
	tcase_add_test(frames, no_frames_at_all);
	tcase_add_test(frames, what_a_thread_runs);
	suite_add_tcase(suite, frames);
	return suite_run(suite);
}

/*
 * Unit tests: functions of the C library that this very program has the addresses of, and what such
 * functions are known to write to, by their names.
 */
#include "code_explored.h"
#include "code_quiet.h"
#include "code_store_list.h"
#include "code_writes.h"
#include "own_code.h"
#include "suite.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* In data, made by an instruction, and only called. */
static void *(*const filling[])(void *, const void *, int, size_t) = {memccpy};
static void *(*volatile filled)(void *, const void *, int, size_t);
static intmax_t (*volatile read_number)(const char *, char **, int);
static volatile size_t length;

/* A file in which nobody may wait is not looked at. */
static volatile bool waits;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void use_them(void)
{
	filled = filling[length];
	read_number = strtoimax;
	length = wcslen(L"text");
	if (waits)
		pthread_cond_wait(&changed, &mutex);
}

static bool has_name(const struct code_pointed *pointed, const char *name)
{
	for (size_t i = 0; i < pointed->count; i++)
		if (strcmp(pointed->names[i], name) == 0)
			return true;
	return false;
}

START_TEST(pointed)
{
	struct object_file object;
	use_them();
	own_code_write(own_code_bytes(), own_code_size());
	own_code_open(&object);
	struct asks *asks = asks_new(&object);
	ck_assert_ptr_nonnull(asks);
	const struct code_stores *stores = asks_stores(asks);
	ck_assert(has_name(&stores->pointed, "memccpy"));
	ck_assert(has_name(&stores->pointed, "strtoimax"));
	ck_assert(!has_name(&stores->pointed, "wcslen"));
	ck_assert_uint_gt(stores->through_count, 0);
	asks_free(asks);
	object_close(&object);
}
END_TEST

static const struct {
	const char *name;
	uint8_t to; /* CODE_RAX: nothing */
	uint16_t each;
	bool found;
} known[] = {
	{"_Exit", CODE_RAX, 0, false},
	{"abort", CODE_RAX, 0, false},
	{"accept", CODE_RDX, 4, false},
	{"accept4", CODE_RSI, 0, false},
	{"fcntl", CODE_RDX, 32, false},
	{"getline", CODE_RDI, 0, true},
	{"getsockopt", CODE_R8, 4, false},
	{"pthread_mutex_getprioceiling", CODE_RSI, 4, false},
	{"pthread_mutex_lock", CODE_RAX, 0, false},
	{"readv", CODE_RSI, 0, true},
	{"recvfrom", CODE_R9, 4, false},
	{"strtok_r", CODE_RDX, 0, true},
	{"write", CODE_RAX, 0, false},
	{"_ZNSt18condition_variableC1Ev", CODE_RAX, 0, false},
	{"_ZNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEE9_M_appendEPKcm", CODE_RDI, 0, true},
};

START_TEST(writes)
{
	const struct code_writes *writes = code_writes_of(known[_i].name);
	ck_assert_ptr_nonnull(writes);
	ck_assert(code_writes_nothing(writes) == (known[_i].to == CODE_RAX));
	if (known[_i].to == CODE_RAX)
		return;
	const struct code_place *place = code_writes_to(writes, known[_i].to);
	ck_assert_ptr_nonnull(place);
	ck_assert_uint_eq(place->each, known[_i].each);
	ck_assert(place->found == known[_i].found && code_writes_found(writes) == place->found);
}
END_TEST

START_TEST(not_known)
{
	static const char *const names[] = {
		"",	   "abor", "pthread_mutexattr_gettype", "setvbuff", "strchr",
		"syscall", "zzz",  "process_vm_writev"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		ck_assert_ptr_null(code_writes_of(names[i]));
		ck_assert(!code_is_quiet(names[i]));
	}
	ck_assert_ptr_null(code_writes_of(NULL));
	ck_assert(code_only_tells("strchr") && code_only_tells("__cxa_atexit"));
	ck_assert(!code_only_tells("strtok"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("code_pointed");
	TCase *tests = tcase_create("code_pointed");
	tcase_add_checked_fixture(tests, own_code_setup, own_code_teardown);
	tcase_add_test(tests, pointed);
	tcase_add_loop_test(tests, writes, 0, sizeof(known) / sizeof(*known));
	tcase_add_test(tests, not_known);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

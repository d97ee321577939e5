/* Tables of exceptions, made by hand: what is found in them, and damage. */
#include "code_landings.h"
#include "suite.h"
#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { FRAMES = 0x1000, EXCEPTIONS = 0x2000, FUNCTION = 0x5000, ENTRY = FRAMES + 32 };

/* clang-format off */
static const unsigned char frames[] = {
	/* What entries have in common: length, id, version, letters, alignment, register. */
	28, 0, 0, 0, 0, 0, 0, 0, 1, 'z', 'P', 'L', 'R', 0, 1, 0x78, 16,
	/* 7 bytes: whose it is, and how tables and functions are told: relative to themselves. */
	7, 0x9b, 0, 0, 0, 0, 0x1b, 0x1b, 0, 0, 0, 0, 0, 0, 0,
	/* Entry: length, distance to the above; function, its length; 4 bytes: its table. */
	24, 0, 0, 0, 36, 0, 0, 0, 0xd8, 0x3f, 0, 0, 0, 1, 0, 0, 4, 0xcf, 0x0f, 0, 0,
	0, 0, 0, 0, 0, 0, 0,
};

static const unsigned char exceptions[] = {
	/* No other base, types (at the end), numbers of 7 bits, 13 bytes. */
	0xff, 0x9b, 0x20, 0x01, 13,
	/* From, length, landing, action. */
	0x10, 0x05, 0x40, 1,
	0x20, 0x05, 0, 0,
	0x30, 0x80, 0x01, 0x50, 0,
};
/* clang-format on */

static struct code_landings landings(void)
{
	return (struct code_landings){
		.frames = {frames, FRAMES, sizeof(frames)},
		.exceptions = {exceptions, EXCEPTIONS, sizeof(exceptions)},
	};
}

static uint64_t landing_of(uint64_t offset)
{
	struct code_landings tables = landings();
	return code_landing(&tables, ENTRY, FUNCTION + offset);
}

START_TEST(found)
{
	ck_assert_uint_eq(landing_of(0x10), FUNCTION + 0x40);
	ck_assert_uint_eq(landing_of(0x14), FUNCTION + 0x40);
	ck_assert_uint_eq(landing_of(0x30), FUNCTION + 0x50);
	ck_assert_uint_eq(landing_of(0xaf), FUNCTION + 0x50);
}
END_TEST

START_TEST(none)
{
	struct code_landings tables = landings();
	ck_assert_uint_eq(landing_of(0x15), 0);
	ck_assert_uint_eq(landing_of(0x20), 0); /* it is not caught there */
	ck_assert_uint_eq(landing_of(0xb0), 0);
	ck_assert_uint_eq(code_landing(&tables, FRAMES - 1, FUNCTION + 0x10), 0);
	ck_assert_uint_eq(code_landing(&tables, FRAMES, FUNCTION + 0x10), 0);
	ck_assert_uint_eq(code_landing(&tables, UINT64_MAX, FUNCTION + 0x10), 0);
	tables.exceptions.size = 0;
	ck_assert_uint_eq(code_landing(&tables, ENTRY, FUNCTION + 0x10), 0);
}
END_TEST

/* In memory of its own, so that a read behind it is seen by tools that look for that. */
static unsigned char *copy(const unsigned char *bytes, size_t size)
{
	unsigned char *made = malloc(size + 1);
	ck_assert_ptr_nonnull(made);
	memcpy(made, bytes, size);
	return made;
}

START_TEST(cut_short)
{
	for (size_t size = 0; size < sizeof(frames); size++) {
		struct code_landings tables = landings();
		unsigned char *made = copy(frames, size);
		tables.frames = (struct code_bytes){made, FRAMES, size};
		/* The last bytes are padding. */
		uint64_t landing = code_landing(&tables, ENTRY, FUNCTION + 0x10);
		ck_assert(landing == 0 || size >= sizeof(frames) - 7);
		free(made);
	}
	for (size_t size = 0; size < sizeof(exceptions); size++) {
		struct code_landings tables = landings();
		unsigned char *made = copy(exceptions, size);
		tables.exceptions = (struct code_bytes){made, EXCEPTIONS, size};
		ck_assert_uint_eq(code_landing(&tables, ENTRY, FUNCTION + 0x30), 0);
		free(made);
	}
}
END_TEST

/* Whatever comes of it, it comes to an end. */
START_TEST(damage)
{
	unsigned seed = (unsigned)_i + 1;
	for (unsigned i = 0; i < 2000; i++) {
		struct code_landings tables = landings();
		unsigned char *one = copy(frames, sizeof(frames));
		unsigned char *other = copy(exceptions, sizeof(exceptions));
		for (unsigned j = 0; j < 4; j++) {
			one[(size_t)rand_r(&seed) % sizeof(frames)] = (unsigned char)rand_r(&seed);
			other[(size_t)rand_r(&seed) % sizeof(exceptions)] =
				(unsigned char)rand_r(&seed);
		}
		tables.frames.bytes = one;
		tables.exceptions.bytes = other;
		code_landing(&tables, ENTRY, FUNCTION + (uint64_t)rand_r(&seed) % 0x100);
		free(one);
		free(other);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("code_landings");
	TCase *tests = tcase_create("code_landings");
	tcase_add_test(tests, found);
	tcase_add_test(tests, none);
	tcase_add_test(tests, cut_short);
	tcase_add_loop_test(tests, damage, 0, 10);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}

/* Unit tests: every kind of damage to a trace is refused, with a line that says where and what. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reading.h"
#include "record_table.h"
#include "suite.h"
#include "xalloc.h"

/* The file is refused with one line that has the offset and the words, and adds nothing. */
static void read_bad(uint64_t offset, const char *words)
{
	char *place = xasprintf(": offset %lu: expected ", (unsigned long)offset);

	ck_assert(!builder_read(b, &model, &reader_error));
	ck_assert_msg(strstr(reader_error.text, place), "no \"%s\" in: %s", place,
		      reader_error.text);
	ck_assert_msg(strstr(reader_error.text, words), "no \"%s\" in: %s", words,
		      reader_error.text);
	ck_assert(strncmp(reader_error.text, "/tmp/trace_builder.", 19) == 0);
	ck_assert_ptr_null(strchr(reader_error.text, '\n'));
	ck_assert_uint_eq(model.process_count + model.thread_count + model.node_count, 0);
	free(place);
}

#define FIELD_OFFSET(reference, type, field) \
	((uint64_t)(reference)*8 + offsetof(struct trace_##type, field))

START_TEST(not_a_trace)
{
	ck_assert(!reader_add(&model, "/nonexistent/x.gordian", &reader_error));
	ck_assert_str_eq(reader_error.text,
			 "/nonexistent/x.gordian: cannot be opened: No such file or directory");
	ck_assert(!reader_add(&model, "/dev/null", &reader_error));
	ck_assert_str_eq(reader_error.text, "/dev/null: offset 0: expected a regular file");
	builder_header(b)->allocated = 0;
	read_bad(0, "found an empty file");
	builder_header(b)->allocated = TRACE_HEADER_SIZE;
	memcpy(builder_image(b), "\177ELF\2\1\1", 8);
	read_bad(0, "expected a trace");
}
END_TEST

/* What is no trace is told from one that was cut off, however short it is. */
START_TEST(short_file)
{
	builder_header(b)->allocated = TRACE_HEADER_SIZE - 1;
	read_bad(TRACE_HEADER_SIZE - 1,
		 "expected a trace header of 4096 bytes, found the end of the file");
	builder_header(b)->allocated = 3;
	read_bad(3, "expected a trace header of 4096 bytes, found the end of the file");
	memcpy(builder_image(b), "#!/bin/sh\n", 10);
	read_bad(0, "expected a trace, which begins with \"GORDIAN\"");
}
END_TEST

START_TEST(path_stays_on_one_line)
{
	char *path = xasprintf("/tmp/%0600d\nx", 1);

	ck_assert(!reader_add(&model, path, &reader_error));
	ck_assert_ptr_null(strchr(reader_error.text, '\n'));
	ck_assert_ptr_nonnull(strstr(reader_error.text, "cannot be opened: File name too long"));
	free(path);
}
END_TEST

/* Damage to the header: D(field, value, words). */
static const struct {
	size_t offset, width;
	uint64_t value;
	const char *words;
} header_damage[] = {
#define D(field, value, words) \
	{offsetof(struct trace_header, field), sizeof(((struct trace_header *)0)->field), value, \
	 words},
	D(version, TRACE_VERSION + 1, "written by a newer version") D(version, 0, "found 0")
		D(byte_order, 0x04030201, "byte order, found the other")
			D(byte_order, 5, "byte order 0x01020304") D(header_size, 4000,
								    "header of 4096 bytes")
				D(pointer_size, 4, "8-byte pointers, found 4") D(allocated, 4097,
										 "multiple of 4096")
					D(allocated, 0x80000000, "to the window's")
						D(window, 4096, "to the window's")
							D(end, 9, "how the process ended, found 9")
#undef D
};

START_TEST(damaged_header)
{
	memcpy(builder_image(b) + header_damage[_i].offset, &header_damage[_i].value,
	       header_damage[_i].width);
	if (header_damage[_i].offset == offsetof(struct trace_header, allocated)) {
		/* The builder writes as much as is allocated: here the file is made by hand. */
		char path[] = "/tmp/trace_builder.XXXXXX";
		int fd = mkstemp(path);

		ck_assert_int_eq(write(fd, builder_image(b), 8192), 8192);
		close(fd);
		ck_assert(!reader_add_file(&model, path, &reader_error));
		unlink(path);
		ck_assert_ptr_nonnull(strstr(reader_error.text, ": offset 32: expected "));
		ck_assert_msg(strstr(reader_error.text, header_damage[_i].words), "%s",
			      reader_error.text);
		return;
	}
	read_bad(header_damage[_i].value == 4096 ? offsetof(struct trace_header, allocated)
						 : header_damage[_i].offset,
		 header_damage[_i].words);
}
END_TEST

START_TEST(damaged_chunk)
{
	struct trace_chunk *chunk = (struct trace_chunk *)(builder_image(b) + TRACE_HEADER_SIZE);
	const struct trace_chunk good = *chunk;

	chunk->magic = 0x1234;
	read_bad(4096, "a chunk header, found 0x00001234");
	*chunk = good;
	chunk->size = 100;
	read_bad(4100, "chunk size");
	chunk->size = 0;
	read_bad(4100, "chunk size");
	chunk->size = 8192;
	read_bad(4100, "chunk size");
	*chunk = good;
	chunk->used = chunk->size + 8;
	read_bad(4104, "in use");
	chunk->used = 8;
	read_bad(4104, "in use");
	chunk->used = 20;
	read_bad(4104, "in use");
}
END_TEST

START_TEST(damaged_record)
{
	struct trace_record *record = builder_at(b, main_thread);
	const struct trace_record good = *record;
	const uint64_t at = (uint64_t)main_thread * 8;

	record->type = 0;
	read_bad(at, "a record type, found 0");
	record->type = RECORD_TYPES;
	read_bad(at, "a record type");
	*record = good;
	record->zero = 1;
	read_bad(at + 2, "expected 0");
	*record = good;
	record->size = 0;
	read_bad(at + 4, "size of a thread record");
	record->size = good.size - 4;
	read_bad(at + 4, "size of a thread record");
	record->size = good.size + 8;
	read_bad(at + 4, "size of a thread record");
	*record = good;
	builder_lock(b, 1, 0);
	record->size += sizeof(struct trace_lock);
	read_bad(at, "thread record of 64 bytes");
}
END_TEST

START_TEST(damaged_tails)
{
	static const uint64_t pcs[TRACE_MAX_FRAMES + 1];
	uint32_t process = builder_process(b, "/bin/prog", "prog", NULL);
	uint32_t module = builder_module(b, "/lib/x", "ab", 1, 2);
	uint32_t stack = builder_stack(b, 2, pcs);
	struct trace_process *p = builder_at(b, process);
	struct trace_module *m = builder_at(b, module);
	struct trace_stack *s = builder_at(b, stack);
	char *last = (char *)p + p->head.size - 1;

	*last = 'x';
	read_bad((uint64_t)process * 8 + p->head.size - 1, "end with a zero");
	*last = '\0';
	p->head.size -= 4;
	read_bad((uint64_t)process * 8 + 4, "multiple of 8");
	p->head.size += 4;
	p->argument_count = 1000;
	read_bad((uint64_t)process * 8 + sizeof(*p), "1001 strings");
	p->argument_count = 1;
	m->end = 0;
	read_bad(FIELD_OFFSET(module, module, end), "behind the start");
	m->end = 2;
	strcpy((char *)(m + 1) + 7, "a!");
	read_bad((uint64_t)module * 8 + sizeof(*m) + 8, "hexadecimal");
	strcpy((char *)(m + 1) + 7, "ab");
	s->count = 3;
	read_bad(FIELD_OFFSET(stack, stack, count), "at most 2 frames");
	s->count = 2;
	builder_process(b, "/bin/second", NULL);
	read_bad((uint64_t)stack * 8 + s->head.size, "one process record");
}
END_TEST

/* The tail of a label has room for its name alone. */
START_TEST(label_without_a_class)
{
	uint32_t reference = builder_record(b, TRACE_TYPE_label, 8);
	struct trace_label *label = builder_at(b, reference);

	label->lock = builder_lock(b, 0x10, 0);
	strcpy((char *)(label + 1), "1234567");
	read_bad((uint64_t)reference * 8 + sizeof(*label), "2 strings");
}
END_TEST

START_TEST(script_without_a_function)
{
	uint32_t reference = builder_record(b, TRACE_TYPE_script, 8);

	strcpy((char *)((struct trace_script *)builder_at(b, reference) + 1), "1234567");
	read_bad((uint64_t)reference * 8 + sizeof(struct trace_script), "2 strings");
}
END_TEST

/* Of itself, and of one that comes later: chains that may have no end. */
START_TEST(callers_in_a_circle)
{
	uint32_t first = builder_script(b, 0, 1, "a.py", "f");
	uint32_t second = builder_script(b, first, 1, "a.py", "g");
	struct trace_script *script = builder_at(b, first);

	script->caller = first;
	read_bad(FIELD_OFFSET(first, script, caller), "a caller before this record");
	script->caller = second;
	read_bad(FIELD_OFFSET(first, script, caller), "a caller before this record");
	script->caller = main_thread;
	read_bad(FIELD_OFFSET(first, script, caller), "a script");
}
END_TEST

START_TEST(too_many_frames)
{
	static const uint64_t pcs[TRACE_MAX_FRAMES + 1];
	uint32_t stack = builder_stack(b, TRACE_MAX_FRAMES + 1, pcs);

	read_bad(FIELD_OFFSET(stack, stack, count), "at most 64 frames");
}
END_TEST

START_TEST(damaged_codes)
{
	uint32_t lock = builder_lock(b, 0x100, 0);
	uint32_t node = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);
	struct trace_lock *l = builder_at(b, lock);
	struct trace_node *n = builder_at(b, node);

	l->kind = 0;
	read_bad(FIELD_OFFSET(lock, lock, kind), "a kind of lock, found 0");
	l->kind = 77;
	read_bad(FIELD_OFFSET(lock, lock, kind), "a kind of lock, found 77");
	l->kind = TRACE_LOCK_mutex;
	n->op = 0;
	read_bad(FIELD_OFFSET(node, node, op), "an operation, found 0");
	n->op = 60000;
	read_bad(FIELD_OFFSET(node, node, op), "an operation, found 60000");
	n->op = TRACE_OP_mutex_lock;
	uint32_t span = builder_span(b, node, 5, 4);
	read_bad(FIELD_OFFSET(span, span, last_epoch), "at least 5");
}
END_TEST

START_TEST(damaged_misuse)
{
	uint32_t misuse = builder_misuse(b, TRACE_MISUSE_relock, main_thread, 0);
	struct trace_misuse *m = builder_at(b, misuse);

	m->rule = 0;
	read_bad(FIELD_OFFSET(misuse, misuse, rule), "a rule of misuse, found 0");
	m->rule = 999;
	read_bad(FIELD_OFFSET(misuse, misuse, rule), "a rule of misuse, found 999");
	m->rule = TRACE_MISUSE_relock;
	m->act = 255;
	read_bad(FIELD_OFFSET(misuse, misuse, act), "an act, found 255");
	m->act = TRACE_ACT_mutex_unlock;
	m->other_act = UINT16_MAX;
	read_bad(FIELD_OFFSET(misuse, misuse, other_act), "an act, found 65535");
	m->other_act = 0;
	m->thread = 0;
	read_bad(FIELD_OFFSET(misuse, misuse, thread),
		 "thread of this record to refer to a thread");
	m->thread = main_thread;
	m->lock = main_thread;
	read_bad(FIELD_OFFSET(misuse, misuse, lock), "lock of this record to refer to a lock");
	m->lock = 0;
	m->other_stack = main_thread;
	read_bad(FIELD_OFFSET(misuse, misuse, other_stack), "to refer to a stack");
}
END_TEST

/* References: to the wrong type, into the middle of a record, beyond what is in use, to nothing. */
START_TEST(damaged_references)
{
	uint32_t lock = builder_lock(b, 0x100, 0);
	uint32_t node = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);
	struct trace_node *n = builder_at(b, node);
	const uint64_t at = FIELD_OFFSET(node, node, lock);

	n->lock = main_thread;
	read_bad(at, "refer to a lock, found 514 (thread)");
	n->lock = lock + 1;
	read_bad(at, "refer to a lock");
	n->lock = 0;
	read_bad(at, "refer to a lock, found 0 (none)");
	n->lock = UINT32_MAX;
	read_bad(at, "refer to a lock");
	n->lock = node + 6; /* where the next record would be */
	read_bad(at, "refer to a lock");
	builder_header(b)->end = TRACE_END_running;
	read_bad(at, "refer to a lock");
}
END_TEST

/* While the process runs, a mutable reference may be ahead of what was committed; it is none. */
START_TEST(mutable_reference_ahead)
{
	uint32_t lock = builder_lock(b, 0x100, 0);
	uint32_t node = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);
	uint32_t held = builder_held(b, main_thread, 2);
	struct trace_lock *l = builder_at(b, lock);
	struct trace_node *n = builder_at(b, node);
	struct trace_held *h = builder_at(b, held);
	const uint32_t ahead = held + h->head.size / 8;

	n->wait = ahead;
	read_bad(FIELD_OFFSET(node, node, wait), "refer to a wait");
	builder_hold(b, held, node);
	((struct trace_held_entry *)(h + 1))->node = ahead + 3;
	l->hold_histogram = (uint32_t)(builder_header(b)->allocated / 8 + 100);
	builder_header(b)->end = TRACE_END_running;
	read_good();
	ck_assert_uint_eq(model.nodes[0].wait, NO_INDEX);
	ck_assert_uint_eq(model.locks[0].hold_buckets, NO_INDEX);
	ck_assert_uint_eq(model.helds[0].nodes[0], NO_INDEX);
	model_free(&model);
	n->wait = node + 1;
	read_bad(FIELD_OFFSET(node, node, wait), "refer to a wait");
}
END_TEST

START_TEST(damaged_held)
{
	struct trace_held *h;
	uint32_t held = builder_held(b, main_thread, 2);

	h = builder_at(b, held);
	h->room = 3;
	read_bad(FIELD_OFFSET(held, held, room), "at most 2 held locks, found 3");
	h->room = 2;
	((struct trace_held_entry *)(h + 1))->lock = 0x100;
	((struct trace_held_entry *)(h + 1))->node = main_thread;
	read_bad((uint64_t)held * 8 + sizeof(*h) + offsetof(struct trace_held_entry, node),
		 "refer to a node");
	((struct trace_held_entry *)(h + 1))->lock = 0;
	h->head.size -= 8;
	((struct trace_chunk *)(builder_image(b) + TRACE_HEADER_SIZE))->used -= 8;
	read_bad((uint64_t)held * 8, "held record of 56 bytes and a multiple of 32");
}
END_TEST

START_TEST(damaged_counts)
{
	uint32_t lock = builder_lock(b, 0x100, 0);
	uint32_t node = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);
	uint32_t counts = builder_counts(b, main_thread, 4);
	struct trace_counts *c = builder_at(b, counts);

	builder_count(b, counts, 3, node, 5);
	c->slots = 5;
	read_bad(FIELD_OFFSET(counts, counts, slots), "at most 4 slots, found 5");
	c->slots = 4;
	c->first = 8;
	read_bad(FIELD_OFFSET(counts, counts, first), "a multiple of 8 from 24 to 128, found 8");
	c->first = 200;
	read_bad(FIELD_OFFSET(counts, counts, first), "found 200");
	c->first = 64;
	builder_count(b, counts, 3, lock, 5);
	read_bad((uint64_t)counts * 8 + 64 + 3 * sizeof(struct trace_slot) +
			 offsetof(struct trace_slot, node),
		 "refer to a node");
}
END_TEST

START_TEST(parents_in_a_ring)
{
	uint32_t lock = builder_lock(b, 0x100, 0), nodes[3] = {0};

	for (int i = 0; i < 3; i++)
		nodes[i] = builder_node(b, main_thread, i ? nodes[i - 1] : 0, lock, 0,
					TRACE_OP_mutex_lock, 1);
	((struct trace_node *)builder_at(b, nodes[0]))->parent = nodes[2];
	read_bad(FIELD_OFFSET(nodes[0], node, parent), "found a cycle");
	((struct trace_node *)builder_at(b, nodes[0]))->parent = nodes[0];
	read_bad(FIELD_OFFSET(nodes[0], node, parent), "found a cycle");
}
END_TEST

START_TEST(parent_of_another_thread)
{
	uint32_t lock = builder_lock(b, 0x100, 0), worker = builder_thread(b, main_thread, 0);
	uint32_t one = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);
	uint32_t two = builder_node(b, worker, one, lock, 0, TRACE_OP_mutex_lock, 1);

	read_bad(FIELD_OFFSET(two, node, parent), "parent of the same thread");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("reader_damage");
	TCase *damage = tcase_create("damage");

	tcase_set_timeout(damage, 60);
	tcase_add_checked_fixture(damage, reading_setup, reading_teardown);
	tcase_add_test(damage, not_a_trace);
	tcase_add_test(damage, short_file);
	tcase_add_test(damage, path_stays_on_one_line);
	tcase_add_loop_test(damage, damaged_header, 0,
			    sizeof(header_damage) / sizeof(*header_damage));
	tcase_add_test(damage, damaged_chunk);
	tcase_add_test(damage, damaged_record);
	tcase_add_test(damage, damaged_tails);
	tcase_add_test(damage, label_without_a_class);
	tcase_add_test(damage, script_without_a_function);
	tcase_add_test(damage, callers_in_a_circle);
	tcase_add_test(damage, too_many_frames);
	tcase_add_test(damage, damaged_codes);
	tcase_add_test(damage, damaged_misuse);
	tcase_add_test(damage, damaged_references);
	tcase_add_test(damage, mutable_reference_ahead);
	tcase_add_test(damage, damaged_held);
	tcase_add_test(damage, damaged_counts);
	tcase_add_test(damage, parents_in_a_ring);
	tcase_add_test(damage, parent_of_another_thread);
	suite_add_tcase(suite, damage);
	return suite_run(suite);
}

/* Unit tests: every record type through a file into the model; those of locks:
 * test_reader_locks.c. */
#include <string.h>

#include "reading.h"
#include "suite.h"

START_TEST(process_comes_through)
{
	struct trace_header *h = builder_header(b);

	builder_process(b, "/bin/prog", "prog", "", "x", NULL);
	h->parent_pid = 7;
	h->end_value = 3;
	h->start_realtime_ns = 99;
	h->early = 4;
	h->widened = 5;
	read_good();
	ck_assert_uint_eq(model.process_count, 1);
	const struct process *p = &model.processes[0];
	ck_assert_str_eq(p->exe, "/bin/prog");
	ck_assert_uint_eq(p->argument_count, 3);
	ck_assert_str_eq(p->arguments[0], "prog");
	ck_assert_str_eq(p->arguments[1], "");
	ck_assert_str_eq(p->arguments[2], "x");
	ck_assert_uint_eq(p->pid, 100);
	ck_assert_uint_eq(p->parent_pid, 7);
	ck_assert_int_eq(p->end, TRACE_END_exit);
	ck_assert_int_eq(p->end_value, 3);
	ck_assert_uint_eq(p->start_realtime_ns, 99);
	ck_assert_uint_eq(p->duration_ns, 1000000000);
	ck_assert_uint_eq(p->early, 4);
	ck_assert_uint_eq(p->widened, 5);
	ck_assert_uint_eq(p->thread_count, 1);
	ck_assert(p->complete);
	ck_assert_ptr_null(p->exec_path);
}
END_TEST

START_TEST(without_process_record)
{
	read_good();
	ck_assert_str_eq(model.processes[0].exe, "");
	ck_assert_uint_eq(model.processes[0].argument_count, 0);
}
END_TEST

START_TEST(module_comes_through)
{
	uint32_t reference = builder_module(b, "/lib/x.so", "00FFab", 0x1000, 0x3000);
	struct trace_module *raw = builder_at(b, reference);

	raw->bias = 0x800;
	raw->loaded = 2;
	raw->unloaded = 5;
	builder_module(b, "[vdso]", "", 0x5000, 0x6000);
	read_good();
	ck_assert_uint_eq(model.module_count, 2);
	const struct module *m = &model.modules[0];
	ck_assert_str_eq(m->path, "/lib/x.so");
	ck_assert_str_eq(m->build_id, "00ffab");
	ck_assert_uint_eq(m->start, 0x1000);
	ck_assert_uint_eq(m->end, 0x3000);
	ck_assert_uint_eq(m->bias, 0x800);
	ck_assert_uint_eq(m->loaded, 2);
	ck_assert_uint_eq(m->unloaded, 5);
	ck_assert_str_eq(model.modules[1].build_id, "");
	ck_assert_uint_eq(model.modules[1].unloaded, UINT32_MAX);
}
END_TEST

START_TEST(thread_comes_through)
{
	static const uint64_t pcs[] = {1, 2};
	uint32_t stack = builder_stack(b, 2, pcs);
	uint32_t thread = builder_thread(b, main_thread, 6);
	struct trace_thread *raw = builder_at(b, thread);

	raw->created_stack = stack;
	raw->start_routine = 0x4444;
	memset(raw->name, 'n', sizeof(raw->name));
	builder_join(b, thread, main_thread, 9);
	read_good();
	ck_assert_uint_eq(model.thread_count, 2);
	const struct thread *t = &model.threads[1];
	ck_assert_uint_eq(t->number, 2);
	ck_assert_uint_eq(t->tid, 101);
	ck_assert_uint_eq(t->creator, 0);
	ck_assert_uint_eq(t->create_epoch, 6);
	ck_assert_uint_eq(t->created_stack, 0);
	ck_assert_uint_eq(t->joined_by, 0);
	ck_assert_uint_eq(t->join_epoch, 9);
	ck_assert_uint_eq(t->start_routine, 0x4444);
	ck_assert_str_eq(t->name, "nnnnnnnnnnnnnnn");
	ck_assert_uint_eq(t->held, NO_INDEX);
	ck_assert_uint_eq(model.threads[0].creator, NO_INDEX);
	ck_assert_uint_eq(model.threads[0].joined_by, NO_INDEX);
	ck_assert_uint_eq(model.threads[0].created_stack, NO_INDEX);
}
END_TEST

/* A record that has come to stand for a thread that was joined later says nothing of that join. */
START_TEST(joins_that_could_have_failed)
{
	const uint64_t pcs[] = {0x401100, 0x401200};
	uint32_t stack = builder_stack(b, 2, pcs);
	uint32_t thread = builder_thread(b, main_thread, 6);
	uint32_t other = builder_thread(b, main_thread, 7);

	builder_join(b, thread, main_thread, 9);
	builder_join(b, other, main_thread, 12);
	builder_limited_join(b, thread, 9, stack);
	builder_limited_join(b, other, 11, stack);
	read_good();
	ck_assert_uint_eq(model.threads[1].limited_join, 1);
	ck_assert_uint_eq(model.threads[2].limited_join, 0);
}
END_TEST

START_TEST(failed_thread_is_not_counted)
{
	struct trace_thread *raw = builder_at(b, builder_thread(b, main_thread, 0));

	raw->state = TRACE_THREAD_FAILED;
	read_good();
	ck_assert_uint_eq(model.thread_count, 2);
	ck_assert_uint_eq(model.processes[0].thread_count, 1);
}
END_TEST

START_TEST(threads_that_are_alike_are_counted)
{
	uint32_t thread = builder_thread(b, main_thread, 0);
	uint32_t lock = builder_lock(b, 0x1000, 0);

	builder_node(b, thread, 0, lock, 0, TRACE_OP_mutex_lock, 3);
	builder_alike(b, thread, 40);
	builder_alike(b, thread, 2);
	read_good();
	ck_assert_uint_eq(model.thread_count, 2);
	ck_assert_uint_eq(model.processes[0].thread_count, 44);
	ck_assert_uint_eq(model.locks[0].threads, 43);
}
END_TEST

START_TEST(stack_comes_through)
{
	static const uint64_t pcs[] = {11, 22, 33};

	builder_stack(b, 1, pcs);
	struct trace_stack *raw = builder_at(b, builder_stack(b, 3, pcs));
	raw->generation = 4;
	raw->flags = TRACE_STACK_CUT;
	read_good();
	ck_assert_uint_eq(model.stack_count, 2);
	ck_assert_uint_eq(model.pc_count, 4);
	const struct stack *s = &model.stacks[1];
	ck_assert_uint_eq(s->count, 3);
	ck_assert_uint_eq(s->generation, 4);
	ck_assert_uint_eq(s->flags, TRACE_STACK_CUT);
	ck_assert_uint_eq(model.pcs[s->first_pc], 11);
	ck_assert_uint_eq(model.pcs[s->first_pc + 2], 33);
}
END_TEST

START_TEST(handlers_come_through)
{
	read_good();
	builder_handlers(b, 0x102);
	builder_runtime(b, 2);
	builder_alarms(b, 4);
	read_good();
	ck_assert_uint_eq(model.processes[0].handlers, 0);
	ck_assert_uint_eq(model.processes[1].handlers, 0x102);
	ck_assert_uint_eq(model.processes[1].by_runtime, 2);
	ck_assert_uint_eq(model.processes[1].alarms, 4);
}
END_TEST

START_TEST(children_come_through)
{
	read_good();
	builder_children(b, 5);
	read_good();
	ck_assert_uint_eq(model.processes[0].idle_children, 0);
	ck_assert_uint_eq(model.processes[1].idle_children, 5);
}
END_TEST

START_TEST(what_is_not_ordered_comes_through)
{
	read_good();
	builder_unordered(b, 5, 3);
	builder_unordered(b, 1, 0);
	read_good();
	ck_assert_uint_eq(model.processes[0].unordered_objects, 0);
	ck_assert_uint_eq(model.processes[1].unordered_objects, 6);
	ck_assert_uint_eq(model.processes[1].unordered_children, 3);
}
END_TEST

START_TEST(exec_that_happened)
{
	builder_exec(b, main_thread, "/bin/first", true);
	builder_exec(b, main_thread, "/bin/second", false);
	builder_exec(b, main_thread, "/bin/third", true);
	builder_header(b)->end = TRACE_END_exec;
	read_good();
	ck_assert_str_eq(model.processes[0].exec_path, "/bin/second");
}
END_TEST

START_TEST(drops_make_incomplete)
{
	uint32_t lock = builder_lock(b, 0x100, 0);

	builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);
	builder_header(b)->drops[TRACE_DROP_nested] = 1;
	read_good();
	ck_assert(!model.processes[0].complete);
	ck_assert(!model_complete(&model));
}
END_TEST

START_TEST(scale_from_nominal_for_short_runs)
{
	struct trace_header *h = builder_header(b);

	h->ticks[1] = h->ticks[0] + 10;
	h->mono_ns[1] = h->mono_ns[0] + 999;
	h->nominal_hz = 2000000000;
	read_good();
	h->nominal_hz = 0;
	read_good();
	h->ticks[1] = h->ticks[0];
	read_good();
	ck_assert_double_eq_tol(model.processes[0].ns_per_tick, 0.5, 1e-9);
	ck_assert_double_eq_tol(model.processes[1].ns_per_tick, 99.9, 1e-9);
	ck_assert_double_eq_tol(model.processes[2].ns_per_tick, 1, 1e-9);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("reader");
	TCase *records = tcase_create("records");

	tcase_set_timeout(records, 60);
	tcase_add_checked_fixture(records, reading_setup, reading_teardown);
	tcase_add_test(records, process_comes_through);
	tcase_add_test(records, without_process_record);
	tcase_add_test(records, module_comes_through);
	tcase_add_test(records, thread_comes_through);
	tcase_add_test(records, failed_thread_is_not_counted);
	tcase_add_test(records, threads_that_are_alike_are_counted);
	tcase_add_test(records, joins_that_could_have_failed);
	tcase_add_test(records, stack_comes_through);
	tcase_add_test(records, handlers_come_through);
	tcase_add_test(records, children_come_through);
	tcase_add_test(records, what_is_not_ordered_comes_through);
	tcase_add_test(records, exec_that_happened);
	tcase_add_test(records, drops_make_incomplete);
	tcase_add_test(records, scale_from_nominal_for_short_runs);
	suite_add_tcase(suite, records);
	return suite_run(suite);
}

/* Owns the trace, made by hand, that the tests of formats report on. */
#include "report_made.h"

#include <check.h>
#include <stdlib.h>

static const char *const fail_on[] = {"deadlock", "lock-inversion", "misuse"};

struct fixture fixture;

void report_set_up(void)
{
	fixture = (struct fixture){.builder = builder_new()};
	builder_process(fixture.builder, "/opt/prog", "prog", "-x\033[2J", NULL);
	fixture.main = builder_main(fixture.builder);
	for (unsigned i = 0; i < 2; i++)
		fixture.threads[i] = builder_thread(fixture.builder, fixture.main, i);
	for (unsigned i = 0; i < 2; i++)
		fixture.locks[i] = builder_lock(fixture.builder, 0x1000 * (i + 1), 0);
}

uint32_t nest(unsigned thread, unsigned outer, unsigned inner, uint64_t count)
{
	struct trace_builder *builder = fixture.builder;
	uint32_t node = builder_node(builder, fixture.threads[thread], 0, fixture.locks[outer], 0,
				     TRACE_OP_mutex_lock, count);

	return builder_node(builder, fixture.threads[thread], node, fixture.locks[inner], 0,
			    TRACE_OP_mutex_lock, count);
}

void abba(void)
{
	nest(0, 0, 1, 3);
	nest(1, 1, 0, 1);
}

void analyse(void)
{
	struct fixture *f = &fixture;
	struct reader_error error;

	model_init(&f->model);
	ck_assert_msg(builder_read(f->builder, &f->model, &error), "%s", error.text);
	f->analysis.model = &f->model;
	f->analysis.symbols = symbols_new(&f->model);
	f->analysis.names = names_new(&f->model, f->analysis.symbols);
	f->analysis.order = order_new(&f->model);
	findings_run(&f->analysis, &f->findings);
	f->report = (struct report){.analysis = &f->analysis,
				    .findings = &f->findings,
				    .gate_passed = true,
				    .fail_on = fail_on,
				    .fail_on_count = 3};
}

const char *print(const char *format)
{
	size_t size;
	FILE *stream;

	free(fixture.printed);
	stream = open_memstream(&fixture.printed, &size);
	ck_assert(format_find(format)->print(&fixture.report, stream));
	fclose(stream);
	return fixture.printed;
}

void report_tear_down(void)
{
	free(fixture.printed);
	findings_free(&fixture.findings);
	order_free(fixture.analysis.order);
	names_free(fixture.analysis.names);
	symbols_free(fixture.analysis.symbols);
	model_free(&fixture.model);
	builder_free(fixture.builder);
}

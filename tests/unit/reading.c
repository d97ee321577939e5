/* Owns the trace and the model. */
#include "reading.h"
#include <check.h>

struct trace_builder *b;
uint32_t main_thread;
struct model model;
struct reader_error reader_error;

void reading_setup(void)
{
	b = builder_new();
	model_init(&model);
	main_thread = builder_main(b);
}

void reading_teardown(void)
{
	builder_free(b);
	model_free(&model);
}

void read_good(void)
{
	ck_assert_msg(builder_read(b, &model, &reader_error), "%s", reader_error.text);
}

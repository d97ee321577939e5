/* Contention: the locks in the order of the time that was lost at them. */
#include "text_locks.h"
#include "human.h"
#include "text_stack.h"
#include <stdlib.h>

#define SHOWN 5u
#define NUMBERS 48u /* columns of the four numbers */
#define WIDE 120u   /* from here on the place stands on the same line, if it fits */

/* The lock with its place of the longest total wait. */
struct row {
	uint32_t lock;
	uint32_t wait; /* index into model.waits, or NO_INDEX */
};

/* Whether a is waited for more than b. */
static bool is_worse(const struct model *model, uint32_t a, uint32_t b)
{
	const struct lock *left = &model->locks[a], *right = &model->locks[b];

	if (left->wait_total_ns != right->wait_total_ns)
		return left->wait_total_ns > right->wait_total_ns;
	return left->contended > right->contended;
}

/* Insertion into the sorted first few: one pass over any number of locks. */
static size_t worst_locks(const struct model *model, struct row rows[SHOWN])
{
	size_t count = 0, at, i;

	for (i = 0; i < model->lock_count; i++) {
		if (!model->locks[i].contended)
			continue;
		at = count < SHOWN ? count++ : SHOWN;
		while (at > 0 && is_worse(model, (uint32_t)i, rows[at - 1].lock)) {
			if (at < SHOWN)
				rows[at] = rows[at - 1];
			at--;
		}
		if (at < SHOWN)
			rows[at] = (struct row){(uint32_t)i, NO_INDEX};
	}
	return count;
}

static void find_places(const struct model *model, struct row *rows, size_t count)
{
	size_t i, r;

	for (i = 0; i < model->wait_count; i++) {
		uint32_t lock = model->nodes[model->waits[i].node].lock;

		for (r = 0; r < count; r++)
			if (rows[r].lock == lock &&
			    (rows[r].wait == NO_INDEX ||
			     model->waits[i].total_ns > model->waits[rows[r].wait].total_ns))
				rows[r].wait = (uint32_t)i;
	}
}

/* "first at abba.c:12": where most of the waiting was done; NULL: not known. */
static char *place_of(struct text *text, const struct row *row)
{
	const struct analysis *analysis = text->report->analysis;
	const struct wait *wait;
	const struct frame *frame;
	uint32_t stack;

	if (row->wait == NO_INDEX)
		return NULL;
	wait = &analysis->model->waits[row->wait];
	stack = wait->stack != NO_INDEX ? wait->stack : analysis->model->nodes[wait->node].stack;
	frame = names_place(analysis->names, stack);
	return frame ? text_frame(text, frame) : NULL;
}

static size_t name_width(struct text *text, const struct row *rows, size_t count)
{
	size_t widest = 16, most = text->width - NUMBERS, i;

	if (text->width >= WIDE)
		most = text->width / 2 - NUMBERS / 2;
	for (i = 0; i < count; i++) {
		const char *name = names_lock(text->report->analysis->names, rows[i].lock);

		if (human_columns(name) + 2 > widest)
			widest = human_columns(name) + 2;
	}
	return widest < most ? widest : most;
}

/* Pads by columns, which printf, counting bytes, gets wrong for "µs". */
static void put_right(struct text *text, unsigned width, const char *content)
{
	size_t columns = human_columns(content);

	text_put(text, STYLE_PLAIN, columns < width ? width - (unsigned)columns : 1, "%s", content);
}

static void print_row(struct text *text, const struct row *row, size_t width)
{
	const struct lock *lock = &text->report->analysis->model->locks[row->lock];
	const char *name = names_lock(text->report->analysis->names, row->lock);
	char *place = place_of(text, row);
	char buffer[HUMAN_SIZE];
	size_t columns = human_columns(name) + 2;

	if (columns > width) {
		text_paragraph(text, STYLE_PLAIN, 2, 6, "%s", name);
		columns = 0;
	} else {
		text_put(text, STYLE_PLAIN, 2, "%s", name);
	}
	text_put(text, STYLE_PLAIN, (unsigned)(width - columns), "%s", "");
	put_right(text, 14, human_count(buffer, lock->acquisitions));
	put_right(text, 12, human_count(buffer, lock->contended));
	put_right(text, 11, human_ns(buffer, lock->wait_total_ns));
	put_right(text, 11, human_ns(buffer, lock->wait_max_ns));
	if (place && text->width >= WIDE &&
	    width + NUMBERS + 2 + human_columns(place) <= text->width) {
		text_put(text, STYLE_PLAIN, 2, "%s", place);
		text_line_end(text);
	} else {
		text_line_end(text);
		if (place)
			text_paragraph(text, STYLE_FAINT, 4, 8, "mostly in %s", place);
	}
	free(place);
}

void text_locks(struct text *text)
{
	const struct model *model = text->report->analysis->model;
	struct row rows[SHOWN];
	size_t count = worst_locks(model, rows), width, i;

	if (!count)
		return;
	find_places(model, rows, count);
	width = name_width(text, rows, count);
	text_put(text, STYLE_TITLE, 0, "%-*s%14s%12s%11s%11s%s", (int)width, "Waited for most",
		 "acquisitions", "contended", "waited", "longest",
		 text->width >= WIDE ? "  mostly in" : "");
	text_line_end(text);
	for (i = 0; i < count; i++)
		print_row(text, &rows[i], width);
	text_line_end(text);
}

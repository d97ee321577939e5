/*
 * Traces turned into a report: the analyzer's parts put together, then what is known taken out,
 * the gate computed, and every output written.
 */
#ifndef GORDIAN_ASSESSMENT_H
#define GORDIAN_ASSESSMENT_H

#include "format.h"
#include "model.h"
#include "reader.h"
#include "settings.h"

struct assessment {
	struct model model;
	struct analysis analysis;
	struct findings findings;
	const struct gate *gate; /* set by assessment_judge */
	struct report report;	 /* complete after assessment_judge, but for what is per output */
	char **lost;
	size_t lost_count;
	bool linked;
	/* To be set before assessment_judge, if they are wanted: */
	const struct wait_facts *facts; /* of processes that still run (live_facts.h) */
	const char *const *doing;	/* what each of their threads does, in words */
	bool show_waits;		/* the report says who waits for whom, too */
	bool only_waits; /* deadlocks alone are looked for, and who waits for whom is written */
};

void assessment_init(struct assessment *assessment);
void assessment_free(struct assessment *assessment);

/*
 * Adds files or directories, and what they show to be missing. False: one cannot be read, and it
 * has been said: EXIT_TRACE.
 */
bool assessment_add_all(struct assessment *assessment, int count, char **paths);

/*
 * Adds a file, unless nothing was recorded in it yet. One that cannot be read does not keep the
 * others from being judged: the recording lacks it. False: it was not added.
 */
bool assessment_add_trace(struct assessment *assessment, const char *path);

/* Adds a sentence on what the recording lacks; takes the malloc'd text. */
void assessment_lose(struct assessment *assessment, char *text);

/*
 * Adds what the model shows to be missing: images that went on, through exec, as programs that
 * left no trace. `here`: they ran on this machine just now, so the reason can be looked up.
 */
void assessment_lose_unrecorded(struct assessment *assessment, bool here);

/* All was added: what is the same in several traces becomes one, and programs whose own locks are
 * not seen are said to be there. Once is enough. */
void assessment_link(struct assessment *assessment);

/* Runs the checks, marks what is known, computes the gate. Once, after all was added. */
void assessment_judge(struct assessment *assessment, const struct settings *settings);

/* Whether nothing is lacking. */
bool assessment_complete(const struct assessment *assessment);

/* Writes all outputs. False: one could not be written, and it has been said: EXIT_TRACE. */
bool assessment_write(struct assessment *assessment, const struct settings *settings);

/* Whether a judged one has anything that --quiet should show. */
bool assessment_worth_printing(const struct assessment *assessment);

#endif

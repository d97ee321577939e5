/* The list of formats, made from the one in meson.build, and the verdict they share. */
#include "format.h"
#include "formats_list.h"
#include <string.h>

#define X(name) extern const struct format format_##name;
FORMATS(X)
#undef X

const struct format *const formats[] = {
#define X(name) &format_##name,
	FORMATS(X)
#undef X
		NULL,
};

const struct format *format_find(const char *name)
{
	size_t i;

	for (i = 0; formats[i]; i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

enum report_verdict report_verdict(const struct report *report)
{
	const struct findings *findings = report->findings;
	size_t i;

	for (i = 0; i < findings->count; i++)
		if (!findings->items[i].suppressed && !findings->items[i].baseline)
			return REPORT_FINDINGS;
	if (report->lost_count || findings->truncated.cycles ||
	    !model_complete(report->analysis->model))
		return REPORT_INCOMPLETE;
	return REPORT_CLEAN;
}

const char *report_verdict_name(enum report_verdict verdict)
{
	static const char *const names[] = {
		[REPORT_CLEAN] = "clean",
		[REPORT_FINDINGS] = "findings",
		[REPORT_INCOMPLETE] = "incomplete",
	};

	return names[verdict];
}

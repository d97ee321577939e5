/* A place in words that are the same in every run. */
#include "names.h"
#include "wrappers.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *names_place_text(struct names *names, uint32_t stack)
{
	static char text[256 + sizeof("+0x0123456789abcdef")];
	const struct frame *frame = names_place(names, stack);
	char *version, *end;

	if (!frame)
		return NULL;
	if (frame->function)
		return frame->function;
	if (!frame->module)
		return NULL;
	snprintf(text, 256, "%s", path_base(frame->module));
	version = strstr(text, ".so.");
	if (version)
		version[3] = '\0';
	end = text + strlen(text);
	snprintf(end, (size_t)(text + sizeof(text) - end), "+0x%" PRIx64, frame->offset);
	return text;
}

/* A place in words that are the same in every build and run. */
#include "names.h"
#include "wrappers.h"
#include <stdio.h>
#include <string.h>

const char *names_place_text(struct names *names, uint32_t stack)
{
	static char module[256];
	const struct frame *frame = names_place(names, stack);
	char *version;

	if (!frame)
		return NULL;
	if (frame->function)
		return frame->function;
	if (!frame->module)
		return NULL;
	snprintf(module, sizeof(module), "%s", path_base(frame->module));
	version = strstr(module, ".so.");
	if (version)
		version[3] = '\0';
	return module;
}

/*
 * libFuzzer target, for clang: `ninja tests/fuzz/fuzz_reader`, then run it on a directory of
 * traces.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "examine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct reader_error error;
	char path[64];
	int file = memfd_create("trace", MFD_CLOEXEC);

	if (file < 0 || write(file, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", file);
	examine_file(path, &error);
	close(file);
	return 0;
}

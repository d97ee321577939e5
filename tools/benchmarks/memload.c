/*
 * Usage: memload SOCKET REQUESTS. A bounded load for memcached: several connections, each with one
 * request on its way, one set for every three gets. Keys and values have fixed lengths, so that the
 * length of an answer is known beforehand.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { CONNECTIONS = 8, KEYS = 1000, VALUE_SIZE = 100 };

static char value[VALUE_SIZE + 1];
static unsigned next_key;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int connect_to(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	strncpy(address.sun_path, path, sizeof(address.sun_path) - 1);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)))
		fail(path);
	return fd;
}

/* Writes a request; the number of bytes that will come back. Every fourth is a set. */
static size_t send_request(int fd, bool set)
{
	char text[VALUE_SIZE + 64];
	size_t length, answer;

	if (set) {
		length = (size_t)sprintf(text, "set key%06u 0 0 %d\r\n%s\r\n", next_key, VALUE_SIZE,
					 value);
		answer = strlen("STORED\r\n");
	} else {
		length = (size_t)sprintf(text, "get key%06u\r\n", next_key);
		answer = strlen("VALUE key000000 0 100\r\n\r\nEND\r\n") + VALUE_SIZE;
	}
	next_key = (next_key + 1) % KEYS;
	if (write(fd, text, length) != (ssize_t)length)
		fail("write");
	return answer;
}

static void receive(int fd, size_t answer)
{
	char buffer[1 << 16];

	while (answer) {
		ssize_t length =
			read(fd, buffer, answer < sizeof(buffer) ? answer : sizeof(buffer));

		if (length <= 0)
			fail("read");
		answer -= (size_t)length;
	}
}

int main(int argc, char **argv)
{
	unsigned long requests = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
	int connections[CONNECTIONS];
	size_t answers[CONNECTIONS];

	if (argc < 2)
		return 2;
	memset(value, 'v', VALUE_SIZE);
	for (int i = 0; i < CONNECTIONS; i++)
		connections[i] = connect_to(argv[1]);
	for (unsigned i = 0; i < KEYS; i++)
		receive(connections[0], send_request(connections[0], true));
	for (unsigned long done = 0; done < requests; done += CONNECTIONS) {
		for (int i = 0; i < CONNECTIONS; i++)
			answers[i] = send_request(connections[i], i % 4 == 0);
		for (int i = 0; i < CONNECTIONS; i++)
			receive(connections[i], answers[i]);
	}
	return 0;
}

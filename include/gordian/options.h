/*
 * GORDIAN_OPTIONS: colon-separated name=value. This table is the only place that lists the options:
 * the recorder's parser, `gordian run --help` and the manual are made from it.
 *
 * X(name, type, default, argument, help)
 *   type  text   a string (kept as given)
 *         number a decimal number
 *         flag   0 or 1
 *         choice one of the words in `argument`, separated by '|'; stored as its index
 */
#ifndef GORDIAN_OPTIONS_H
#define GORDIAN_OPTIONS_H

#define GORDIAN_OPTIONS_VARIABLE "GORDIAN_OPTIONS"

#define GORDIAN_OPTIONS_TABLE(X) \
	X(out, text, 0, "DIR", "directory for the trace files (default: the current directory)") \
	X(hold, choice, 0, "sample|exact|off", \
	  "time how long locks are held: a sample, every hold, or none") \
	X(stack_depth, number, 32, "N", "frames recorded per call stack, at most 64") \
	X(max_trace, number, 1024, "MiB", "size a trace file may grow to") \
	X(blocking, number, 100, "MS", \
	  "how long a call may block under a lock before it is noted; 0: do not note it") \
	X(on_deadlock, choice, 0, "report|abort|continue", \
	  "when threads deadlock: note it and go on waiting, or abort; unless this is given, " \
	  "'gordian run' ends the program") \
	X(hang_timeout, number, 2, "SECONDS", \
	  "how long all threads must wait for what nobody can end before it counts as a hang; " \
	  "0: never") \
	X(quiet, flag, 0, "0|1", "do not name on standard error the options that are ignored") \
	X(children, flag, 1, "0|1", "record the processes that the program starts as well")

/*
 * Reserved names, of which this version says that they have no effect yet; but not when they are
 * turned off (0), as they are. X(name)
 */
#define GORDIAN_OPTIONS_RESERVED(X) X(timeline) X(perturb) X(races)

#endif

/*
 * The trace format: one table of records, from which the writer (preload/), the reader (analyzer/)
 * and `gordian dump` are made.
 *
 * A trace is the recording of one process image (from its start or exec to its exit or next exec).
 * It is written through a shared mapping, so that the file is complete at every instant, whatever
 * happens to the process.
 *
 * Every record starts with struct trace_record and is a multiple of 8 long. Records name each other
 * by *reference*: the record's file offset divided by 8 (a uint32_t; 0 = none). A referenced record
 * may lie behind the one that refers to it.
 *
 * Integers are in the byte order of the machine that wrote them; header.byte_order tells. Times are
 * *ticks* of the machine's cycle counter; (ticks, CLOCK_MONOTONIC ns) pairs in the header give the
 * scale.
 *
 * What the numbers and bits in the fields mean is in trace_codes.h. Bump rule:
 * docs/trace-format.md.
 */
#ifndef GORDIAN_TRACE_FORMAT_H
#define GORDIAN_TRACE_FORMAT_H

#include <gordian/trace_chunks.h>
#include <gordian/trace_codes.h>
#include <gordian/trace_tasks.h>
#include <stddef.h>
#include <stdint.h>

#define TRACE_NAME_SIZE 16 /* a thread's name, as the kernel keeps it, NUL-terminated */
#define TRACE_BUCKETS 40   /* bucket b counts times of [2^b, 2^(b+1)) ticks; the last is open */
#define TRACE_WAKES_BITS 3
#define TRACE_WAKES 8	     /* objects of one wakes record: 1 << TRACE_WAKES_BITS */
#define TRACE_MAX_FRAMES 64  /* frames of one stack at most */
#define TRACE_MAX_SCRIPTS 32 /* calls in interpreted code of one stack at most, the innermost */

/*
 * The records. R(code, name, tail, what it is); the fields of record `name` are
 * GORDIAN_FIELDS_name, F(type, name, meaning), and A(type, name, length, meaning) for an array.
 * Tail: `none`; `text`: NUL-terminated strings up to the record's end, zero-padded; `words`:
 * uint64_t values; `held`: struct trace_held_entry values; `slots`: struct trace_slot values.
 */
#define TRACE_RECORDS(R) \
	R(1, process, text, "the process image; text: executable, then each argument") \
	R(2, module, text, "a loaded object file; text: path, build-id in hex") \
	R(3, thread, none, "a thread") \
	R(4, stack, words, \
	  "a call stack; words: program counters, innermost first, the caller of the lock " \
	  "function " \
	  "being the first; each is a return address") \
	R(5, lock, none, "one life of a lock") \
	R(6, node, none, \
	  "a situation: this thread takes this lock, here, while holding what the path to the " \
	  "root " \
	  "holds") \
	R(7, span, none, "an earlier span of epochs in which a node's situation occurred") \
	R(8, wait, none, \
	  "a place where a thread had to wait: the contended acquisitions of one node") \
	R(9, histogram, none, "how long a lock was held, sampled") \
	R(10, held, held, "what a live thread holds, outermost first, and wants: mutable") \
	R(11, exec, text, "an exec was about to happen; text: path") \
	R(12, misuse, none, "a rule was broken, at one place, with one lock") \
	R(13, counts, slots, "how often a thread met situations again") \
	R(14, forked, none, "the process image began as a fork of another that was recorded") \
	R(15, identity, none, "a lock in shared memory: what it is in every process that has it") \
	R(16, trial, none, "what the failed tries of one node were followed by") \
	R(17, label, text, "what the program calls a lock; text: its name, its order class") \
	R(18, ignored, none, "what a thread did in regions that the program wants ignored") \
	R(19, sync, none, "a place where the program says that one thing happens before another") \
	R(20, event, none, \
	  "a thread gave way to others, or came to where it had to wait for them") \
	R(21, tally, none, "how often one thread did so with one object") \
	R(22, deadlock, none, "one thread's part in a deadlock that the recorder saw happen") \
	R(23, futex, none, \
	  "a place that calls futex directly: the recorder does not know who waits there for " \
	  "what") \
	R(24, handlers, none, "the signals that the program has handlers for") \
	R(25, across, none, "what a thread held when an epoch of it ended, and in the next one") \
	R(26, children, none, "children of forks that have no trace of their own") \
	R(27, wakes, none, "when one thread after the other last woke others, object by object") \
	R(31, blind, none, "a thread came to where it had to wait, and that is no event") \
	R(32, signal, none, "a thread signalled a condition that nobody was seen to wait for") \
	R(33, reaped, none, \
	  "a child of this process was killed by a signal, as a wait for it told") \
	R(34, awaited, none, "a child of this process had ended, as a wait of a thread told") \
	R(35, open_file, none, "a lock on a file belongs to an open file, not to the process") \
	R(36, begun, none, "children of forks that began something that is recorded") \
	R(37, runtime, none, \
	  "the signals of which the handler is what a language runtime installs as it starts") \
	R(38, unordered, none, \
	  "what orders threads, and was no longer written down for being too many") \
	R(39, guarded, none, \
	  "a thread lived while who created and joined it held something all the time") \
	R(40, alarms, none, "the signals that the process asked the kernel to send it later") \
	R(41, alike, none, "a thread's record stands for others, too, that did the same") \
	R(42, script, text, "a call in interpreted code; text: file, function, in UTF-8") \
	R(43, calls, none, "the calls in interpreted code that a call stack is within") \
	R(44, task, none, "a thread came to another task of OpenMP, or waited for tasks") \
	R(45, limited_join, none, "a join that could have failed, as the thread had not ended")

#define TRACE_FIELDS_process(F, A) \
	F(uint32_t, pid, "process id") \
	F(uint32_t, argument_count, "number of arguments that follow the executable in the text")

#define TRACE_FIELDS_module(F, A) \
	F(uint64_t, start, "lowest address mapped") \
	F(uint64_t, end, "first address after it") \
	F(uint64_t, bias, "run-time address minus address in the file") \
	F(uint32_t, loaded, "module-map generation in which it appeared") \
	F(uint32_t, unloaded, "generation in which it was gone; UINT32_MAX while loaded; mutable")

/*
 * A thread's epoch counts its own create and join calls, and its events: it is advanced after the
 * start of a thread was prepared (what the creator did in epochs <= create_epoch happens before all
 * the new thread does) and before a successful join is recorded (all the joined thread did happens
 * before what the joiner does in epochs >= join_epoch); after a release, before an acquire (event).
 * One step, at most one of these: so what lies on both sides of a step is one span without loss.
 * None of them: a lock that was held inside nothing when the epoch began is taken again so.
 */
#define TRACE_FIELDS_thread(F, A) \
	F(uint32_t, number, "1, 2, … in order of creation within the process image") \
	F(uint32_t, tid, "kernel thread id; mutable") \
	F(uint32_t, creator, "thread reference; 0: none or unknown") \
	F(uint32_t, create_epoch, "the creator's epoch at the time") \
	F(uint32_t, created_stack, "stack reference") \
	F(uint32_t, state, "TRACE_THREAD_ bits; mutable") \
	F(uint32_t, joined_by, "thread reference; mutable") \
	F(uint32_t, join_epoch, "the joiner's epoch after the join; mutable") \
	F(uint64_t, start_routine, "address; 0: main or unknown") \
	A(char, name, TRACE_NAME_SIZE, "the name as last seen; mutable")

#define TRACE_FIELDS_stack(F, A) \
	F(uint32_t, generation, "module-map generation the addresses belong to") \
	F(uint16_t, count, "program counters in the tail") \
	F(uint16_t, flags, "TRACE_STACK_ bits")

#define TRACE_FIELDS_script(F, A) \
	F(uint32_t, caller, "script reference: the call that it was made by; 0: none, or cut") \
	F(uint32_t, line, "where it was; 0: not known")

/* At most one of a stack. */
#define TRACE_FIELDS_calls(F, A) \
	F(uint32_t, stack, "stack reference") \
	F(uint32_t, innermost, "script reference")

#define TRACE_FIELDS_lock(F, A) \
	F(uint64_t, address, "address in the process; mutable") \
	F(uint32_t, kind, "enum trace_lock_kind") \
	F(uint32_t, flags, "TRACE_LOCK_ bits; mutable") \
	F(uint32_t, created_stack, "stack reference: where it was initialised, else first used") \
	F(uint32_t, created_by, "thread reference; mutable") \
	F(uint32_t, generation, "module-map generation at the time; mutable") \
	F(uint32_t, hold_histogram, "histogram reference; 0: none; mutable") \
	F(uint64_t, hold_samples, "holds that were timed; mutable") \
	F(uint64_t, hold_total, "ticks, their sum; mutable") \
	F(uint64_t, hold_max, "ticks; mutable") \
	F(uint32_t, lives, \
	  "locks that this record stands for, made at the same place, one after the other; " \
	  "inside at " \
	  "most one of them, the last, something else was taken; 0: one; mutable") \
	F(uint32_t, zero, "0")

/*
 * A node whose count is 0 was never acquired in this situation: it stands for what stayed held
 * after an unlock out of order (hand-over-hand), as the parent of what was acquired next. Epochs:
 * the newest span of epochs in which it occurred; older spans are span records. Of a span of a node
 * without a parent only the two ends are known.
 */
#define TRACE_FIELDS_node(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, parent, "node reference: what was held; 0: nothing") \
	F(uint32_t, lock, "lock reference") \
	F(uint32_t, stack, "stack reference; 0: unknown") \
	F(uint16_t, op, "enum trace_op") \
	F(uint16_t, spans, "span records of this node; mutable") \
	F(uint32_t, wait, "wait reference; 0: never had to wait; mutable") \
	F(uint64_t, count, "acquisitions, those that are counted in slots left out; mutable") \
	F(uint32_t, first_epoch, "first epoch of the newest span; mutable") \
	F(uint32_t, last_epoch, "last epoch of the newest span; mutable")

#define TRACE_FIELDS_span(F, A) \
	F(uint32_t, node, "node reference") \
	F(uint32_t, first_epoch, "first epoch") \
	F(uint32_t, last_epoch, "last epoch") \
	F(uint32_t, zero, "0")

#define TRACE_FIELDS_wait(F, A) \
	F(uint32_t, node, "node reference; mutable") \
	F(uint32_t, stack, "stack reference: one full stack of a wait here") \
	F(uint64_t, count, "contended acquisitions; mutable") \
	F(uint64_t, total, "ticks waited; mutable") \
	F(uint64_t, max, "ticks of the longest wait; mutable") \
	A(uint32_t, buckets, TRACE_BUCKETS, "waits by length; mutable")

#define TRACE_FIELDS_histogram(F, A) \
	F(uint32_t, lock, "lock reference") \
	F(uint32_t, zero, "0") \
	A(uint32_t, buckets, TRACE_BUCKETS, "sampled holds by length; mutable")

/*
 * The locks are those of the entries before the first whose lock is 0. The newest of them may still
 * be waited for: a lock that was free an instant before is entered first and taken then.
 */
#define TRACE_FIELDS_held(F, A) \
	F(uint32_t, room, "entries there is room for") \
	F(uint32_t, zero, "0") \
	F(uint64_t, want_mutex, \
	  "in a condition wait: address of the mutex it takes again at the end, which may be " \
	  "what it waits for by now; else 0") \
	F(uint32_t, want_op, "enum trace_op; valid while want is not 0 and want_since is not 0") \
	F(uint32_t, want_stack, "stack reference; 0: not known") \
	F(uint32_t, thread, "thread reference; 0: not in use") \
	F(uint32_t, epoch, "the thread's epoch") \
	F(uint64_t, want, \
	  "address of the lock it is acquiring now, or TRACE_THREAD_ADDRESS of a thread that it " \
	  "joins, or TRACE_CHILD_ADDRESS; 0: none. May be set for an instant without waiting") \
	F(uint64_t, want_since, "ticks when it began to wait; 0: not known to be waiting")

/*
 * Where a thread finds its situations, so that an acquisition touches one line of memory: a node
 * was acquired node.count times and the count of every slot that names it. A count that is moved is
 * added before it is taken away: a process killed between these two stores leaves it twice.
 */
#define TRACE_FIELDS_counts(F, A) \
	F(uint32_t, thread, "thread reference; 0: not in use; mutable") \
	F(uint32_t, slots, "slots in use, free ones included; 0: retired; mutable") \
	F(uint32_t, first, "offset of the first slot in the record: slots begin on a cache line") \
	F(uint32_t, zero, "0")

/* The newest label of a lock counts. A text is empty where there is none. */
#define TRACE_FIELDS_label(F, A) \
	F(uint32_t, lock, "lock reference") \
	F(uint32_t, flags, "TRACE_LABEL_ bits") \
	F(uint64_t, level, "of the order class: an int; valid with TRACE_LABEL_LEVEL")

#define TRACE_FIELDS_ignored(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, zero, "0") \
	F(uint64_t, regions, "how often it entered one; mutable") \
	F(uint64_t, count, "acquisitions in them, which no node counts; mutable")

#define TRACE_FIELDS_sync(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, stack, "stack reference; 0: unknown") \
	F(uint64_t, object, "address of the object; 0: several, of more than were kept apart") \
	F(uint32_t, after, "1: happens after what was before the same object; 0: before") \
	F(uint32_t, first_epoch, "the thread's epoch when it was first said here") \
	F(uint32_t, last_epoch, "and last; mutable") \
	F(uint32_t, zero, "0") \
	F(uint64_t, count, "how often; mutable")

/*
 * A release is written before the call that makes it (what its thread did in epochs <= epoch comes
 * before it), an acquire after the call that waited (what its thread does in epochs >= epoch comes
 * after it). The first ones of each thread, object and kind are written, the rest is in the tally.
 */
#define TRACE_FIELDS_event(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, lock, "lock reference: the object") \
	F(uint16_t, kind, "enum trace_event_kind; mutable") \
	F(uint16_t, act, "enum trace_act or enum trace_op: what was called") \
	F(uint32_t, index, \
	  "1, 2, …: which of that kind by this thread with this object; of came_to: " \
	  "TRACE_EVENT_PLACE") \
	F(uint32_t, epoch, "of the thread: see above") \
	F(uint32_t, node, \
	  "node reference: what was held; for a signal: how the mutex of the condition was " \
	  "taken, " \
	  "be it held or just given back; 0: nothing") \
	F(uint32_t, stack, "stack reference; 0: unknown") \
	F(uint32_t, number, "1, 2, … in the order in which the events of this image were written")

#define TRACE_FIELDS_tally(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, lock, "lock reference: the object") \
	F(uint16_t, kind, "enum trace_event_kind; mutable") \
	F(uint16_t, flags, "TRACE_TALLY_ bits; mutable") \
	F(uint32_t, count, "how often; mutable") \
	F(uint32_t, amount, \
	  "what a semaphore's value was at first, plus 1; for how many threads a barrier is; 0: " \
	  "not " \
	  "known, or neither") \
	F(uint32_t, zero, "0")

#define TRACE_FIELDS_futex(F, A) \
	F(uint32_t, stack, "stack reference; 0: all places of more than were kept apart") \
	F(uint32_t, zero, "0") \
	F(uint64_t, count, "how often; mutable")

/*
 * At the end of each of these epochs of its thread, the newest of all that was held was this node,
 * so the sections in which the locks of its path were held go on in the next epoch. Epochs that
 * do not follow one another (step) are as if each had a record of its own. One of a
 * one-time initialisation that nobody else called may be used again when that is no more.
 */
#define TRACE_FIELDS_across(F, A) \
	F(uint32_t, node, "node reference; mutable") \
	F(uint32_t, first_epoch, "the first such epoch; UINT32_MAX: none; mutable") \
	F(uint32_t, last_epoch, "the last of several; mutable") \
	F(uint32_t, step, "each of these is so much after the one before; 0: 1; mutable")

/*
 * When its thread last signalled each of a few conditions, left a barrier, or posted a semaphore
 * that it had not taken, written after the call. A wait that is still published may have been ended
 * by then when it began before.
 */
#define TRACE_FIELDS_wakes(F, A) \
	F(uint64_t, others, \
	  "ticks of the newest that is not among the following; 0: none; mutable") \
	A(uint64_t, objects, TRACE_WAKES, "addresses; 0: none; mutable") \
	A(uint64_t, ticks, TRACE_WAKES, "when that was; mutable")

#define TRACE_FIELDS_reaped(F, A) \
	F(uint32_t, pid, "the child's process id") \
	F(uint32_t, signal, "what killed it") \
	F(uint64_t, ticks, "after that was known")

/* All that the child did, in each of its images, comes before what the thread does in epochs >=
 * epoch. The first ones of an image are written. */
#define TRACE_FIELDS_awaited(F, A) \
	F(uint32_t, pid, "the child's process id") \
	F(uint32_t, thread, "thread reference: who waited") \
	F(uint32_t, epoch, "its epoch after the wait") \
	F(uint32_t, node, "node reference: what it held; 0: nothing") \
	F(uint64_t, ticks, "after that was known")

/* Several may say the same. */
#define TRACE_FIELDS_signal(F, A) \
	F(uint32_t, node, "node reference: what was held; mutable") \
	F(uint32_t, epoch, "of the thread, when it did so last; mutable")

#define TRACE_FIELDS_guarded(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, node, "node reference: its path was held, by its thread, without a break")

/* The first time; it may have done so again. */
#define TRACE_FIELDS_blind(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, epoch, "of the thread, after the wait; UINT32_MAX: none, or not yet; mutable")

/* That succeeded, and told so by its result alone. The thread's join_epoch is another one where the
 * record has come to stand for a thread that was joined otherwise. */
#define TRACE_FIELDS_limited_join(F, A) \
	F(uint32_t, thread, "thread reference: it was joined") \
	F(uint32_t, join_epoch, "as in the thread's record") \
	F(uint32_t, stack, "stack reference: where from") \
	F(uint32_t, unused, "0")

/* They had the same creator. When the thread was joined, it is the last of them that was. */
#define TRACE_FIELDS_alike(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, zero, "0") \
	F(uint64_t, count, "how many others; mutable")

#define TRACE_FIELDS_exec(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, failed, "1: the exec failed and the image went on; mutable")

/*
 * Written before the real call is made, which may never return. The act is what broke the rule; the
 * other side is its cause: who holds the lock, or destroyed it, and where. What `with`,
 * `other_lock` and `value` are depends on the rule.
 */
#define TRACE_FIELDS_misuse(F, A) \
	F(uint16_t, rule, "enum trace_misuse_rule") \
	F(uint16_t, act, "enum trace_act or enum trace_op; 0: not known") \
	F(uint16_t, other_act, "the same of the other side") \
	F(uint16_t, zero, "0") \
	F(uint32_t, thread, "thread reference: who did it") \
	F(uint32_t, lock, "lock reference; 0: it is about no lock") \
	F(uint32_t, stack, "stack reference: where; 0: not known") \
	F(uint32_t, with, \
	  "lock reference: a second lock of the act: the mutex of a condition wait; 0: none") \
	F(uint32_t, other_thread, "thread reference: whose act is the cause; 0: not known") \
	F(uint32_t, other_stack, "stack reference: where that was; 0: not known") \
	F(uint32_t, other_lock, "lock reference: the lock of that act; 0: the same") \
	F(uint32_t, target, "thread reference: the thread that the act is about; 0: none") \
	F(uint64_t, count, "how often; mutable") \
	F(uint64_t, value, "a number; mutable") \
	F(uint64_t, most, \
	  "the largest of the numbers that `value` is the sum of; 0: it is no sum; mutable")

/*
 * What the forking thread did in epochs <= epoch happens before all that this image does. The
 * parent's trace is the one with this process id and start.
 */
#define TRACE_FIELDS_forked(F, A) \
	F(uint32_t, parent_pid, "process id of the parent") \
	F(uint32_t, thread_number, "number of the thread that called fork, in the parent's trace") \
	F(uint64_t, parent_start, "start_realtime_ns of the parent's trace") \
	F(uint32_t, epoch, "that thread's epoch at the time") \
	F(uint32_t, thread, "thread reference: the same thread in this image")

/*
 * A closed walk over waits without a limit: the thread of each step waits for what the thread of
 * the next one holds, the last for what the first holds. The steps of a walk follow one another;
 * one that lacks some, for want of space, says nothing. What was seen may have been broken since,
 * by a signal handler, the end of a process; and a join of a thread that can be cancelled
 * (TRACE_THREAD_CANCELLABLE) need not have been for ever. A semaphore in it may turn out to be no
 * lock (TRACE_LOCK_ORDERING): then it was no deadlock.
 */
#define TRACE_FIELDS_deadlock(F, A) \
	F(uint32_t, walk, "1, 2, … within the process image") \
	F(uint16_t, step, "0, 1, … within the walk") \
	F(uint16_t, steps, "how many there are") \
	F(uint32_t, thread, "thread reference") \
	F(uint32_t, node, \
	  "node reference: how it holds what the step before it waits for; 0: not known, or it " \
	  "is " \
	  "its end that is waited for") \
	F(uint32_t, lock, "lock reference: what it waits for") \
	F(uint32_t, stack, "stack reference: where; 0: not known") \
	F(uint16_t, op, "enum trace_op") \
	F(uint16_t, zero, "0") \
	F(uint32_t, zero_too, "0") \
	F(uint64_t, since, "ticks when it began to wait")

/* As seen through the calls that install them. */
#define TRACE_FIELDS_handlers(F, A) \
	F(uint64_t, signals, "bit N - 1: signal N has a handler; mutable")

/* Nobody's plan: the program's own code had not begun. */
#define TRACE_FIELDS_runtime(F, A) \
	F(uint64_t, signals, "bit N - 1: signal N has a handler of that kind; mutable")

/* They may have come since, or been called off. Of timer_settime, whatever signal it is. */
#define TRACE_FIELDS_alarms(F, A) F(uint64_t, signals, "bit N - 1: signal N")

/* A child that does nothing that is recorded begins no trace. Written by the children themselves.
 */
#define TRACE_FIELDS_children(F, A) F(uint64_t, ended, "how many ended so; mutable")

/* Without it, what is ordered may look as if it could happen at the same time; nothing is hidden.
 */
#define TRACE_FIELDS_unordered(F, A) \
	F(uint64_t, objects, "lives of semaphores, barriers, conditions and the like; mutable") \
	F(uint64_t, children, "ends of child processes; mutable")

/* Theirs too, so that one that waits for another knows whether there is anything to tell of it. */
#define TRACE_FIELDS_begun(F, A) \
	F(uint64_t, count, "traces of their own, and programs that they became or started; mutable")

/* Locks of the same device, inode and offset, in whichever process, are one lock. */
#define TRACE_FIELDS_identity(F, A) \
	F(uint32_t, lock, "lock reference") \
	F(uint32_t, zero, "0") \
	F(uint64_t, device, "of the file that its memory is a mapping of") \
	F(uint64_t, inode, "of that file") \
	F(uint64_t, offset, "of the lock in that file, in bytes")

#define TRACE_OPEN_FILE_INHERITED 1u /* the parent has it, too, by a number that is not known */
#define TRACE_OPEN_FILE_UNCERTAIN 2u /* it may have it: that could not be asked */

/*
 * Locks on a file without this are their process's. The identity says that two are the same lock,
 * this whose it is: it keeps out everybody but its owner.
 */
#define TRACE_FIELDS_open_file(F, A) \
	F(uint32_t, lock, "lock reference") \
	F(uint32_t, flags, "TRACE_OPEN_FILE_ bits") \
	F(uint64_t, number, \
	  "of the open file, the same in all processes that have it; 0: one of several")

/*
 * A try that fails and is followed by a wait for the same lock belonged to an acquisition that
 * would wait; one that is followed by anything else did not. What follows is the thread's next call
 * on any lock of the family. Tries of what the thread holds itself are left out.
 *
 * Semaphores are tried so. Of other locks that were asked for by a try or with a time limit: who
 * was refused, and asks again and again while it goes on holding what the path of the node says,
 * waits; who gives that back without having got the lock did not wait.
 */
#define TRACE_FIELDS_trial(F, A) \
	F(uint32_t, node, "node reference: the situation of the try") \
	F(uint32_t, asked, "how often node.count counts what was no acquisition; mutable") \
	F(uint64_t, waited, "failed, then waited without a limit; mutable") \
	F(uint64_t, timed, "failed, then waited for a bounded time; mutable") \
	F(uint64_t, abandoned, "failed, then did something else; mutable")

enum trace_type {
#define R(code, name, tail, help) TRACE_TYPE_##name = code,
	TRACE_RECORDS(R)
#undef R
		TRACE_TYPES /* one more than the last code */
};

#define TRACE_FIELD_MEMBER(type, name, help) type name;
#define TRACE_ARRAY_MEMBER(type, name, length, help) type name[length];
#define R(code, name, tail, help) \
	struct trace_##name { \
		struct trace_record head; \
		TRACE_FIELDS_##name(TRACE_FIELD_MEMBER, TRACE_ARRAY_MEMBER) \
	};
TRACE_RECORDS(R)
#undef R
#undef TRACE_FIELD_MEMBER
#undef TRACE_ARRAY_MEMBER

#define R(code, name, tail, help) \
	_Static_assert(sizeof(struct trace_##name) % 8 == 0, \
		       #name " record is not a multiple of 8 long");
TRACE_RECORDS(R)
#undef R

#endif

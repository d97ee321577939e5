/*
 * Signals that the program asks the kernel to send it after a time (alarm and its kin): who has
 * none of these waits until somebody else does something.
 */
#ifndef GORDIAN_ALARMS_H
#define GORDIAN_ALARMS_H

/* Writes down that the process has asked for some, if it has. Under the recorder's lock. */
void alarms_write(void);
/* A new trace. Under the recorder's lock. */
void alarms_unwritten(void);

#endif

/* library.h - what a program does once before it uses the library. */
#ifndef PC_LIBRARY_H
#define PC_LIBRARY_H

/* GSL's default error handler aborts the process. This switches it off, so that each failure comes back as a
 * pc_status. It changes a setting of GSL that belongs to the whole process, which is why it is the program's
 * to ask for and no other function of the library does it. Call it before any thread is started; calling it
 * again changes nothing. */
void pc_library_init(void);

/* The version of the library, e.g. "0.1.0"; static. */
const char *pc_library_version(void);

#endif

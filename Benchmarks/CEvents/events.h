/// What Swift's Glibc module leaves out of Linux.
///
/// Nothing here may define _GNU_SOURCE: with it the C library defines types otherwise than in the modules of the tool
/// chain, and whether a build ends in that contradiction depends on the order in which it compiles.
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <unistd.h>

/// prctl takes a variable number of arguments, which Swift can't call.
static inline int set_timer_slack(unsigned long nanoseconds) {
    return prctl(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0);
}

/// A macro in one version of the header, part of an enumeration in another.
static const int timer_absolute = TFD_TIMER_ABSTIME;

/// Where a thread may run, one bit for each processor, the lowest first: the C library declares this for _GNU_SOURCE
/// only. Returns the octets that were written; -1 with errno otherwise.
static inline long get_processors(pid_t thread, unsigned long *mask, size_t octets) {
    return syscall(SYS_sched_getaffinity, thread, octets, mask);
}

/// Lets a thread run on these processors alone. Returns 0; -1 with errno otherwise.
static inline long set_processors(pid_t thread, const unsigned long *mask, size_t octets) {
    return syscall(SYS_sched_setaffinity, thread, octets, mask);
}

/// What Swift's Glibc module leaves out of Linux.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>

/// prctl takes a variable number of arguments, which Swift can't call.
static inline int set_timer_slack(unsigned long nanoseconds) {
    return prctl(PR_SET_TIMERSLACK, nanoseconds, 0, 0, 0);
}

/// A macro in one version of the header, part of an enumeration in another.
static const int timer_absolute = TFD_TIMER_ABSTIME;

/// The sets of processors are macros.
static inline void add_to_processor_set(int processor, cpu_set_t *set) {
    CPU_SET(processor, set);
}

static inline int is_in_processor_set(int processor, const cpu_set_t *set) {
    return CPU_ISSET(processor, set);
}

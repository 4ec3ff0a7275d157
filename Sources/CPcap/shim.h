#include <pcap/pcap.h>
#include <stdio.h>
#include <sys/types.h>

// stdio.h shows fopencookie and its argument to GNU sources only, which Swift's import isn't. These are the same as
// there, under names of their own but for the function's.
typedef struct {
    ssize_t (*read)(void *cookie, char *octets, size_t count);
    ssize_t (*write)(void *cookie, const char *octets, size_t count);
    int (*seek)(void *cookie, off_t *position, int whence);
    int (*close)(void *cookie);
} capture_stream_functions;

FILE *fopencookie(void *cookie, const char *mode, capture_stream_functions functions);

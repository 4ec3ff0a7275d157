import Glibc
import TestBench

/// Nanoseconds of processor time that a process has had, its threads that have ended included.
func processorTime(of pid: Int32) throws -> UInt64 {
    var clock = clockid_t()
    guard clock_getcpuclockid(pid, &clock) == 0 else { throw BenchError("process \(pid) has no clock") }
    return Clock.now(clock)
}

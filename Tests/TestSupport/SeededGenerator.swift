import TestBench

/// Random numbers that can be repeated, for tests that have nothing else to do with the bench.
package typealias SeededGenerator = TestBench.SeededGenerator

// The fuzzer's program is in C because SwiftPM gives Swift programs a main function, and libFuzzer brings its own.
// What libFuzzer calls is in FuzzTargets/LibFuzzer.swift.
typedef int translation_unit_with_nothing_in_it;

/// The target that is being fuzzed. Set once, by `fuzzInitialize`, before libFuzzer runs the first input.
nonisolated(unsafe) private var target: FuzzTarget?

/// What libFuzzer calls first, with the arguments of the program: the first one names the target and is taken away.
@_cdecl("LLVMFuzzerInitialize")
func fuzzInitialize(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>
) -> CInt {
    let name = count.pointee > 1 ? arguments.pointee[1].map { String(cString: $0) } : nil
    guard let named = name.flatMap(FuzzTarget.init(rawValue:)) else {
        violated("the first argument is one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    target = named
    arguments.pointee[1] = arguments.pointee[0]
    arguments.pointee += 1
    count.pointee -= 1
    return 0
}

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ octets: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target?.run(UnsafeRawBufferPointer(start: octets, count: count))
    return 0
}

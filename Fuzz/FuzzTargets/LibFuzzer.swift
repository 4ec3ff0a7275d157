import Foundation

/// The target that the environment variable `IEC104_FUZZ_TARGET` names. It isn't an argument, because libFuzzer starts
/// itself anew to make an input smaller, with arguments of its own.
private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["IEC104_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTarget(rawValue: name) else {
        violated("IEC104_FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return target
}()

/// What libFuzzer calls for each input.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ octets: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(UnsafeRawBufferPointer(start: octets, count: count))
    return 0
}

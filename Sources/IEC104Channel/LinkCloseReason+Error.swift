import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension LinkCloseReason {
    /// The socket failed: the system's words where they are the system's, without the name of the call.
    package static func socket(_ error: any Error) -> LinkCloseReason {
        .connection((error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? String(describing: error))
    }
}

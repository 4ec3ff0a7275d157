#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Texts in files that the user has named.
package enum TextFile {
    /// The file can't be written.
    package struct Failed: Error, CustomStringConvertible {
        package let description: String

        fileprivate init(_ path: String) {
            description = "\(path) can't be written: \(String(cString: strerror(errno)))"
        }
    }

    /// Writes a file, which is replaced.
    package static func write(_ text: String, to path: String) throws(Failed) {
        guard let file = fopen(path, "w") else { throw Failed(path) }
        var octets = Array(text.utf8)
        let written = fwrite(&octets, 1, octets.count, file)
        // What is still to be written is written with the closing.
        guard fclose(file) == 0, written == octets.count else { throw Failed(path) }
    }
}

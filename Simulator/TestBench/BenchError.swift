/// Why the bench could not do what it was asked for. The text is meant to be read as it is.
package struct BenchError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}

/// Why a line can't be carried out, or what came of it instead of what was asked for.
struct ShellFault: Error, Hashable, Sendable, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

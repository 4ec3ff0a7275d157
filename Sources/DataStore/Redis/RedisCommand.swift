import NIOCore

/// A command and its arguments, written as an array literal: `["GET", key]`.
package struct RedisCommand: Sendable, ExpressibleByArrayLiteral {
    private var arguments: [ByteBuffer]

    package init(arrayLiteral elements: String...) {
        arguments = elements.map { ByteBuffer(string: $0) }
    }

    /// A command with arguments made elsewhere.
    package init(_ arguments: [String]) {
        self.arguments = arguments.map { ByteBuffer(string: $0) }
    }

    /// Adds an argument of any octets.
    package mutating func append(_ argument: ByteBuffer) {
        arguments.append(argument)
    }

    /// Adds an argument.
    package mutating func append(_ argument: String) {
        arguments.append(ByteBuffer(string: argument))
    }

    func encode(into buffer: inout ByteBuffer) {
        buffer.writeString("*\(arguments.count)\r\n")
        for argument in arguments {
            buffer.writeString("$\(argument.readableBytes)\r\n")
            buffer.writeImmutableBuffer(argument)
            buffer.writeStaticString("\r\n")
        }
    }
}

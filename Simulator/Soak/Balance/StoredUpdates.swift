/// What the store holds at the end: the truth that every session is compared with.
package struct StoredUpdates: Sendable {
    /// An update, in the order of the stream.
    package struct Entry: Hashable, Sendable {
        /// Given out in the order of writing, each once.
        package let number: UInt32
        package let objectAddress: UInt32

        package init(number: UInt32, objectAddress: UInt32) {
            self.number = number
            self.objectAddress = objectAddress
        }
    }

    /// The input stream.
    package let stream: [Entry]
    /// The number of the last update of each point, by object address.
    package let image: [UInt32: UInt32]
    /// Where each number stands in the stream.
    let positions: [UInt32: Int]

    package init(stream: [Entry], image: [UInt32: UInt32]) {
        self.stream = stream
        self.image = image
        positions = Dictionary(stream.lazy.map(\.number).enumerated().map { ($1, $0) }) { first, _ in first }
    }
}

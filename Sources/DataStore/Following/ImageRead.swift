import NIOCore

/// What an image key held when it was read.
package struct ImageRead: Sendable {
    /// The forms a data point may be stored in.
    package enum Content: Sendable {
        /// A string: a JSON document.
        case json(ByteBuffer)
        /// A hash with the fields of such a document.
        case hash([StreamEntry.Field])
        /// The key doesn't exist.
        case absent
        /// It can't be a data point; the text says why.
        case unusable(String)
    }

    package let key: PointKey
    package let content: Content

    package init(key: PointKey, content: Content) {
        self.key = key
        self.content = content
    }
}

import NIOCore

/// What the information objects of one type identification carry besides their address.
package protocol InformationObjectElement: InformationElementPart {
    /// The type.
    static var typeIdentification: TypeIdentification { get }
    /// True if the type may be sent with SQ = 1.
    static var allowsSequence: Bool { get }
}

extension InformationObjectElement {
    package static var allowsSequence: Bool { false }
}

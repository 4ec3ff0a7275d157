import NIOCore

/// C_RD_NA_1, type identification 102: read command (IEC 60870-5-101, 7.3.4.3).
///
/// The information object is its address alone.
package struct C_RD_NA_1: InformationObjectElement {
    package static var typeIdentification: TypeIdentification { .C_RD_NA_1 }
    package static var encodedSize: Int { 0 }

    package init() {}

    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {}

    package func encode(into buffer: inout ByteBuffer) {}
}

/// QOI: qualifier of interrogation (IEC 60870-5-101, 7.2.6.22).
///
/// 20 is the station, 21...36 are the groups 1...16; all other numbers are reserved.
package struct QualifierOfInterrogation: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// The whole station.
    package static let station = QualifierOfInterrogation(rawValue: 20)

    /// A group; numbers outside 1...16 are brought into that range.
    package static func group(_ number: Int) -> QualifierOfInterrogation {
        QualifierOfInterrogation(rawValue: UInt8(20 + min(max(number, 1), 16)))
    }
}

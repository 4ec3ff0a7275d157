import IEC104Model

/// The ASDU at the end of the event log that events may still join, if there is one.
struct OpenASDU {
    /// What all information objects of an ASDU have in common.
    struct Header: Equatable {
        let type: TypeIdentification
        let cause: CauseOfTransmission
        let commonAddress: CommonAddress

        /// The data unit identifier of an ASDU with one object, SQ = 0, from no originator.
        var identifier: DataUnitIdentifier {
            DataUnitIdentifier(typeIdentification: type, count: 1, cause: cause, commonAddress: commonAddress)
        }
    }

    private var header: Header?
    private var length = 0
    private var objects = 0

    var isOpen: Bool { header != nil }

    /// True if an object with these common properties and this size still fits.
    func accepts(_ header: Header, objectSize: Int) -> Bool {
        header == self.header && length + objectSize <= ASDU.maximumSize && objects < 127
    }

    mutating func open(_ header: Header, objectSize: Int) {
        self.header = header
        length = DataUnitIdentifier.encodedSize + objectSize
        objects = 1
    }

    mutating func grow(by objectSize: Int) {
        length += objectSize
        objects += 1
    }

    mutating func close() {
        header = nil
    }
}

import NIOCore

/// Application service data unit: a data unit identifier and the information objects it announces.
package struct ASDU: Hashable, Sendable {
    /// The most octets that fit in an APDU.
    package static let maximumSize = 249

    /// Type, cause, common address and the other properties that all objects share.
    package var identifier: DataUnitIdentifier
    /// At least one object. In a sequence their addresses follow one another.
    package var objects: [InformationObject]

    /// An ASDU whose type and count come from its objects.
    ///
    /// - Returns: nil for no object, for more than 127 or for objects of different types.
    package init?(
        _ objects: [InformationObject], cause: CauseOfTransmission, commonAddress: CommonAddress,
        isNegative: Bool = false, isTest: Bool = false, originatorAddress: UInt8 = 0
    ) {
        guard let type = objects.first?.element.typeIdentification, objects.count <= 127,
            objects.allSatisfy({ $0.element.typeIdentification == type })
        else { return nil }
        identifier = DataUnitIdentifier(
            typeIdentification: type, count: objects.count, cause: cause, isNegative: isNegative, isTest: isTest,
            originatorAddress: originatorAddress, commonAddress: commonAddress)
        self.objects = objects
    }

    /// Reads all of `buffer` as one ASDU. The number of octets must be what type and count ask for.
    package init(decoding buffer: inout ByteBuffer) throws(MalformedASDU) {
        identifier = try DataUnitIdentifier(decoding: &buffer)
        objects = []
        let type = identifier.typeIdentification
        guard let layout = InformationElement.layout(of: type) else { throw .undefinedType(type) }
        guard identifier.count > 0 else { throw .noObjects(type) }
        guard !identifier.isSequence || layout.allowsSequence else { throw .sequenceNotAllowed(type) }
        let addresses = identifier.isSequence ? 1 : identifier.count
        let expected = addresses * InformationObjectAddress.encodedSize + identifier.count * layout.size
        let actual = buffer.readableBytes
        guard actual >= expected else { throw .tooShort(type: type, expected: expected, actual: actual) }
        guard actual == expected || type == .F_SG_NA_1 else {
            throw .tooLong(type: type, expected: expected, actual: actual)
        }
        objects.reserveCapacity(identifier.count)
        var address = InformationObjectAddress.irrelevant
        for index in 0..<identifier.count {
            if index == 0 || !identifier.isSequence {
                address = try InformationObjectAddress(decoding: &buffer)
            } else {
                guard let next = address.advanced(by: 1) else { throw .addressOverflow(type) }
                address = next
            }
            guard let element = try InformationElement(decoding: type, from: &buffer) else {
                throw .undefinedType(type)
            }
            objects.append(InformationObject(address: address, element: element))
        }
        guard buffer.readableBytes == 0 else {
            throw .tooLong(type: type, expected: actual - buffer.readableBytes, actual: actual)
        }
    }

    /// Appends the octets of the ASDU.
    package func encode(into buffer: inout ByteBuffer) {
        identifier.encode(into: &buffer)
        for (index, object) in objects.enumerated() {
            if index == 0 || !identifier.isSequence { object.address.encode(into: &buffer) }
            object.element.encode(into: &buffer)
        }
    }
}

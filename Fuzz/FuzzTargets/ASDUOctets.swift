import IEC104Model
import NIOCore

/// Octet 1 chooses: even, and the rest is taken for an ASDU as it is; odd, and the rest fills an ASDU of a type and
/// count that it names, with as many octets as they need.
func fuzzASDU(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    checkASDU(input.octet() & 1 == 0 ? input.rest() : structuredASDU(&input))
}

private let definedTypes = (UInt8.min...UInt8.max).filter { TypeIdentification(rawValue: $0).isDefined }

/// Decodes octets of the right length by asking the decoder how many it misses.
private func structuredASDU(_ input: inout FuzzInput) -> ByteBuffer {
    let type = TypeIdentification(rawValue: definedTypes[input.choice(definedTypes.count)])
    let structure = input.octet()
    var octets = ByteBuffer()
    octets.writeMultipleIntegers(type.rawValue, structure)
    octets.writeMultipleIntegers(input.octet(), input.octet())
    octets.writeInteger(input.word(), endianness: .little)
    // The decoder asks for the segments of files one after the other; there is no need to fill them all.
    while octets.readableBytes <= 2 * ASDU.maximumSize {
        var reader = octets
        do throws(MalformedASDU) {
            _ = try ASDU(decoding: &reader)
            return octets
        } catch .tooShort(_, let expected, let actual) {
            require(expected > actual, "\(actual) octets are too few where \(expected) are needed")
            for _ in actual..<expected { octets.writeInteger(input.octet()) }
        } catch .sequenceNotAllowed {
            octets.setInteger(structure & 0x7F, at: octets.readerIndex + 1)
        } catch .noObjects {
            octets.setInteger(UInt8(1), at: octets.readerIndex + 1)
        } catch .addressOverflow {
            octets.setInteger(UInt8(0), at: octets.readerIndex + DataUnitIdentifier.encodedSize + 2)
        } catch {
            violated("\(type) with the octets it asks for: \(error)")
        }
    }
    return octets
}

/// What decodes has as many objects as its second octet says, and is written back octet for octet.
///
/// - Parameter deeply: looks at each data point as well.
func checkASDU(_ octets: ByteBuffer, deeply: Bool = true) {
    var reader = octets
    let asdu: ASDU
    do throws(MalformedASDU) {
        asdu = try ASDU(decoding: &reader)
    } catch {
        require(!error.description.isEmpty, "a fault without words")
        return
    }
    require(reader.readableBytes == 0, "\(reader.readableBytes) octets are left over")
    let structure = octets.getInteger(at: octets.readerIndex + 1, as: UInt8.self) ?? 0
    require(asdu.objects.count == Int(structure & 0x7F), "\(asdu.objects.count) objects, VSQ \(structure)")
    var mirror = ByteBuffer()
    asdu.encode(into: &mirror)
    require(mirror == octets, "\(asdu.identifier.typeIdentification) is written back otherwise than it came")
    for object in asdu.objects {
        require(
            object.element.typeIdentification == asdu.identifier.typeIdentification,
            "an element of \(object.element.typeIdentification) in \(asdu.identifier.typeIdentification)")
        if deeply { checkInformation(of: object, asdu.identifier) }
    }
}

/// What a data point says stays the same when it is written and read once more.
private func checkInformation(of object: InformationObject, _ identifier: DataUnitIdentifier) {
    let type = identifier.typeIdentification
    guard let information = object.element.processInformation else { return }
    if let time = information.time {
        require(!time.description.isEmpty, "a time without words")
        if let milliseconds = time.millisecondsSince1970() {
            let again = CP56Time2a(millisecondsSince1970: milliseconds).millisecondsSince1970()
            require(again == milliseconds, "\(time) becomes another time")
        }
    }
    let once = rewritten(information, object.address, type)
    require(once.value == information.value && once.time == information.time, "\(type) loses value or time")
    require(rewritten(once, object.address, type) == once, "\(type) changes when it is written again")
}

private func rewritten(
    _ information: ProcessInformation, _ address: InformationObjectAddress, _ type: TypeIdentification
) -> ProcessInformation {
    var octets = ByteBuffer()
    DataUnitIdentifier(typeIdentification: type, count: 1, cause: .spontaneous, commonAddress: 1).encode(into: &octets)
    address.encode(into: &octets)
    require(information.encode(as: type, into: &octets), "\(type) can't carry what it carried")
    guard let again = decodedASDU(octets).objects.first?.element.processInformation else {
        violated("\(type) carries nothing any more")
    }
    return again
}

/// An ASDU that must decode.
func decodedASDU(_ octets: ByteBuffer) -> ASDU {
    var reader = octets
    do throws(MalformedASDU) {
        return try ASDU(decoding: &reader)
    } catch {
        violated("no ASDU: \(error): \(octets.hexDump(format: .compact(maxBytes: 300)))")
    }
}

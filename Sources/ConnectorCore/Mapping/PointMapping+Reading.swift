import IEC104Model
import IEC104Station
import NIOCore

extension PointMapping {
    /// Reads the document.
    ///
    /// - Parameter unknownFields: see `ConnectorConfiguration.read`.
    /// - Returns: the mapping, nil if anything in it can't be used; and everything that is wrong.
    package static func read(
        _ text: ByteBuffer, unknownFields: DocumentFault.Severity
    ) -> (mapping: PointMapping?, faults: [DocumentFault]) {
        let document = DocumentReader(text, unknownFields: unknownFields)
        var points: [MappedPoint] = []
        if var root = document.root() {
            if let elements = root.array("points") {
                points.reserveCapacity(elements.count)
                var seen: [PointAddress: Int] = [:]
                seen.reserveCapacity(elements.count)
                for (index, element) in elements.enumerated() {
                    let path = "points[\(index)]"
                    guard let object = document.object(element, at: path) else { continue }
                    let (address, point) = MappedPoint.read(object, document)
                    if let address, let first = seen.updateValue(index, forKey: address) {
                        document.error(
                            "casdu \(address.commonAddress), ioa \(address.informationObjectAddress) "
                                + "is points[\(first)] already", at: path, element.offset)
                    }
                    if let point { points.append(point) }
                }
            } else if !document.hasErrors {
                document.error("the field is missing: a list of points is expected", at: "points", root.offset)
            }
            root.finish()
        }
        return (document.hasErrors ? nil : PointMapping(points: points), document.faults)
    }
}

extension MappedPoint {
    /// - Returns: the point, nil without address or type; and the address, as it has to be unique all the same.
    fileprivate static func read(
        _ fields: ObjectReader, _ document: DocumentReader
    ) -> (address: PointAddress?, point: MappedPoint?) {
        var fields = fields
        let name = fields.string("name")?.text ?? ""
        let commonAddress = fields.required("casdu", in: 0...65_535, document)
        let objectAddress = fields.required("ioa", in: 0...16_777_215, document)
        let type = fields.servedType(document)
        warnOfReserved(commonAddress, objectAddress, fields, document)
        // Whatever is missing, the options are read: their faults are told too, and they don't count as unknown.
        let none = PointAddress(commonAddress: 0, informationObjectAddress: 0)
        var point = MappedPoint(name: name, address: none, type: type ?? .M_ME_NC_1)
        let options = point.readOptions(&fields, document)
        if let type {
            for option in options where !option.fits(type) {
                document.error(
                    "\(option.name) has no meaning for \(type); it is for \(option.purpose)",
                    at: fields.path(to: option.name), fields.offset(of: option.name))
            }
        }
        guard let commonAddress, let objectAddress,
            let object = InformationObjectAddress(rawValue: UInt32(objectAddress))
        else { return (nil, nil) }
        point.address = PointAddress(
            commonAddress: CommonAddress(rawValue: UInt16(commonAddress)), informationObjectAddress: object)
        return (point.address, type == nil ? nil : point)
    }

    private static func warnOfReserved(
        _ commonAddress: Int?, _ objectAddress: Int?, _ fields: ObjectReader, _ document: DocumentReader
    ) {
        if commonAddress == 0 {
            document.warning(
                "common address 0 is not used by the standard", at: fields.path(to: "casdu"),
                fields.offset(of: "casdu"))
        } else if commonAddress == 65_535 {
            document.warning(
                "65535 is the broadcast address: masters address every station by it", at: fields.path(to: "casdu"),
                fields.offset(of: "casdu"))
        }
        if objectAddress == 0 {
            document.warning(
                "information object address 0 means none in the standard", at: fields.path(to: "ioa"),
                fields.offset(of: "ioa"))
        }
    }

    /// Takes the optional fields; returns those that were there.
    @discardableResult
    private mutating func readOptions(_ fields: inout ObjectReader, _ document: DocumentReader) -> [PointOption] {
        var given: [PointOption] = []
        func note<Value>(_ value: Value?, _ option: PointOption) -> Value? {
            if value != nil { given.append(option) }
            return value
        }
        for (index, element) in (note(fields.array("groups"), .groups) ?? []).enumerated() {
            if case .number(let number) = element.content, let group = Int(exactly: number), 1...16 ~= group {
                groups.insert(InterrogationGroups(group: group))
            } else {
                document.error(
                    "a group 1...16 is expected, not \(element.shown)", at: fields.path(to: "groups[\(index)]"),
                    element.offset)
            }
        }
        counterGroup = UInt8(note(fields.integer("counterGroup", in: 1...4), .counterGroup) ?? 0)
        scale = note(fields.number("scale"), .scale) ?? 1
        if scale == 0, type.isCommand {
            document.error(
                "the scale of a command can't be 0: the process couldn't be told the value",
                at: fields.path(to: "scale"), fields.offset(of: "scale"))
        }
        offset = note(fields.number("offset"), .offset) ?? 0
        invert = note(fields.bool("invert"), .invert) ?? false
        deadband = note(fields.number("deadband"), .deadband)
        if let deadband, deadband < 0 {
            document.error(
                "a deadband can't be negative", at: fields.path(to: "deadband"), fields.offset(of: "deadband"))
        }
        periodic = note(fields.integer("periodic", in: 1...86_400, unit: "s"), .periodic)
        background = note(fields.integer("background", in: 1...86_400, unit: "s"), .background)
        selectBeforeOperate = note(fields.bool("selectBeforeOperate"), .selectBeforeOperate) ?? false
        confirmation = note(fields.confirmation(document), .confirmation)
        min = note(fields.number("min"), .min)
        max = note(fields.number("max"), .max)
        if let min, let max, min > max {
            document.error("min (\(min)) is above max (\(max))", at: fields.path(to: "min"), fields.offset(of: "min"))
        }
        fields.finish()
        return given
    }
}

extension ObjectReader {
    fileprivate mutating func required(
        _ name: String, in range: ClosedRange<Int>, _ document: DocumentReader
    ) -> Int? {
        guard let value = take(name) else {
            document.error("the field is missing", at: path(to: name), offset)
            return nil
        }
        guard case .number(let number) = value.content, let integer = Int(exactly: number), range ~= integer else {
            return mismatch("a whole number \(range.lowerBound)...\(range.upperBound)", value, name)
        }
        return integer
    }

    /// The field `type`, as number or standard name.
    fileprivate mutating func servedType(_ document: DocumentReader) -> TypeIdentification? {
        guard let value = take("type") else {
            document.error("the field is missing", at: path(to: "type"), offset)
            return nil
        }
        let type: TypeIdentification? =
            switch value.content {
            case .number(let number): UInt8(exactly: number).map { TypeIdentification(rawValue: $0) }
            case .string(let text): TypeIdentification(mnemonic: text)
            default: nil
            }
        guard let type, type.isDefined else {
            return mismatch("a type number or a standard name such as \"M_ME_TF_1\"", value, "type")
        }
        guard PointMapping.isMonitored(type) || type.isCommand else {
            document.error("\(type) can't be served as a point", at: path(to: "type"), value.offset)
            return nil
        }
        return type
    }
}

import IEC104Model

extension ObjectReading {
    /// What an information object of any type says.
    package init(_ element: InformationElement) {
        if let information = element.processInformation {
            self.init(information)
        } else if let reading = Self.shortTimeTagged(element) ?? Self.protection(element) ?? Self.command(element) {
            self = reading
        } else {
            self = Self.system(element)
        }
    }

    private func tagged(_ time: TimeTag?, quality: QualityDescriptor? = nil) -> ObjectReading {
        var reading = self
        reading.time = time
        reading.quality = quality ?? reading.quality
        return reading
    }

    /// Process information with CP24Time2a.
    private static func shortTimeTagged(_ element: InformationElement) -> ObjectReading? {
        switch element {
        case .M_SP_TA_1(let element):
            ObjectReading(.singlePoint(element.information.isOn))
                .tagged(.short(element.time), quality: element.information.quality)
        case .M_DP_TA_1(let element):
            ObjectReading(.doublePoint(element.information.state))
                .tagged(.short(element.time), quality: element.information.quality)
        case .M_ST_TA_1(let element):
            ObjectReading(.stepPosition(element.position.value, transient: element.position.isTransient))
                .tagged(.short(element.time), quality: element.quality)
        case .M_BO_TA_1(let element):
            ObjectReading(.bitstring(element.bits)).tagged(.short(element.time), quality: element.quality)
        case .M_ME_TA_1(let element):
            ObjectReading(.normalized(element.value)).tagged(.short(element.time), quality: element.quality)
        case .M_ME_TB_1(let element):
            ObjectReading(.scaled(element.value)).tagged(.short(element.time), quality: element.quality)
        case .M_ME_TC_1(let element):
            ObjectReading(.shortFloat(element.value)).tagged(.short(element.time), quality: element.quality)
        case .M_IT_TA_1(let element):
            ObjectReading(.integratedTotals(element.reading))
                .tagged(.short(element.time), quality: element.reading.isInvalid ? .invalid : .good)
        default: nil
        }
    }

    /// Events of protection equipment.
    private static func protection(_ element: InformationElement) -> ObjectReading? {
        switch element {
        case .M_EP_TA_1(let element): event(element.event, element.elapsed, .short(element.time))
        case .M_EP_TD_1(let element): event(element.event, element.elapsed, .full(element.time))
        case .M_EP_TB_1(let element):
            bits(element.events.rawValue, element.duration, .short(element.time), element.quality)
        case .M_EP_TE_1(let element):
            bits(element.events.rawValue, element.duration, .full(element.time), element.quality)
        case .M_EP_TC_1(let element):
            bits(element.circuits.rawValue, element.operatingTime, .short(element.time), element.quality)
        case .M_EP_TF_1(let element):
            bits(element.circuits.rawValue, element.operatingTime, .full(element.time), element.quality)
        default: nil
        }
    }

    private static func event(
        _ event: SingleEventOfProtection, _ elapsed: CP16Time2a, _ time: TimeTag
    ) -> ObjectReading {
        ObjectReading(
            .integer(Int64(event.state.rawValue)), "\(event.state)", quality: event.quality, time: time,
            ["state": .text("\(event.state)"), "elapsed": .integer(Int64(elapsed.milliseconds))])
    }

    private static func bits(
        _ bits: UInt8, _ elapsed: CP16Time2a, _ time: TimeTag, _ quality: QualityDescriptor
    ) -> ObjectReading {
        ObjectReading(
            .integer(Int64(bits)), Hexadecimal.text(bits), quality: quality, time: time,
            ["elapsed": .integer(Int64(elapsed.milliseconds))])
    }
}

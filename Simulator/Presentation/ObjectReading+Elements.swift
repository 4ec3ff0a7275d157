import IEC104Model

extension ObjectReading {
    /// What an information object of any type says.
    package init(_ element: InformationElement) {
        if let information = element.processInformation {
            self.init(information)
        } else if let (information, time) = element.shortTimeTagged {
            self.init(information)
            self.time = .short(time)
        } else if let reading = Self.protection(element) ?? Self.command(element) {
            self = reading
        } else {
            self = Self.system(element)
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

import IEC104Model

/// Remembers what the live station has been asked for, to tell answers from what comes unasked.
struct SentRequests {
    /// What counts as the same request.
    private struct Request: Hashable {
        let type: TypeIdentification
        let commonAddress: CommonAddress
        /// Of interrogations, the qualifier in its place: the cause of the values.
        let detail: UInt32
    }

    private var requests: Set<Request> = []
    private var hasCommanded = false

    /// A request goes out, to this common address.
    mutating func add(_ object: InformationObject, to commonAddress: CommonAddress) {
        let type = object.element.typeIdentification
        requests.insert(Request(type: type, commonAddress: commonAddress, detail: object.address.rawValue))
        if type.isCommand { hasCommanded = true }
        guard let cause = Self.cause(of: object.element) else { return }
        requests.insert(Request(type: type, commonAddress: commonAddress, detail: UInt32(cause)))
    }

    /// True if the answer belongs to a request that has gone out.
    func cover(_ answer: Answer) -> Bool {
        let address = answer.key.address
        let object = address.informationObjectAddress.rawValue
        switch answer.key.cause {
        case nil: return contains(answer.type, address.commonAddress, object)
        case CauseOfTransmission.request?: return contains(.C_RD_NA_1, address.commonAddress, object)
        case CauseOfTransmission.returnInformationRemote?: return hasCommanded
        case let cause?:
            let type: TypeIdentification = cause.isCounterInterrogation ? .C_CI_NA_1 : .C_IC_NA_1
            return contains(type, address.commonAddress, UInt32(cause.rawValue))
        }
    }

    private func contains(_ type: TypeIdentification, _ commonAddress: CommonAddress, _ detail: UInt32) -> Bool {
        [commonAddress, .broadcast].contains {
            requests.contains(Request(type: type, commonAddress: $0, detail: detail))
        }
    }

    /// The cause of the values that an interrogation asks for; nil for other requests.
    private static func cause(of element: InformationElement) -> UInt8? {
        switch element {
        case .C_IC_NA_1(let interrogation): interrogation.qualifier.rawValue
        case .C_CI_NA_1(let counters):
            counters.qualifier.request == 5
                ? 37
                : (1...4).contains(counters.qualifier.request)
                    ? 37 + counters.qualifier.request : nil
        default: nil
        }
    }
}

import IEC104Model
import NIOCore

/// One data point as an ASDU reported it.
package struct ReportedPoint: Hashable, Sendable {
    /// Common address and information object address.
    package let address: PointAddress
    /// Value, quality and time tag in the form of their type.
    package let element: InformationElement
    /// Why it was sent.
    package let cause: CauseOfTransmission
    /// When it came.
    package let time: NIODeadline

    /// The type it was sent with.
    package var type: TypeIdentification { element.typeIdentification }

    /// Value, quality and time tag; nil for the types with CP24Time2a and those of protection equipment.
    package var information: ProcessInformation? { element.processInformation }
}

import ControllingStation
import IEC104Model

/// What a line asks for.
enum ShellCommand: Hashable, Sendable {
    case connect
    case disconnect
    case startDataTransfer
    case stopDataTransfer
    case test
    case interrogate(InterrogationRequest, CommonAddress)
    case read(PointAddress)
    case clock(CommonAddress)
    case command(Command, type: TypeIdentification, [CommandStep])
    case raw([UInt8])
    case asdu([UInt8])
    case wait(Duration)
    case show(ShellDetail)
    case status
    case help(String?)
    case quit
}

/// What is shown of the traffic.
package enum ShellDetail: String, CaseIterable, Sendable {
    /// The information objects that arrive.
    case values
    /// The APDUs of both directions.
    case frames
    /// The same, with their octets.
    case octets
    case nothing
}

import ControllingStation
import IEC104Link
import IEC104Model
import NIOCore

/// A frame that a command would send.
package struct PlannedFrame: Hashable, Sendable {
    package let control: APCI
    /// Nil in U format.
    package let asdu: ASDU?

    /// STARTDT act and one I frame for each step, numbered as if nothing came but one confirmation for each.
    static func frames(of options: CommandRun.Options) -> [PlannedFrame] {
        [PlannedFrame(control: .unnumbered(.startDataTransferActivation), asdu: nil)]
            + options.steps.enumerated().map { number, step in
                PlannedFrame(
                    control: .information(send: SequenceNumber(number), receive: SequenceNumber(number)),
                    asdu: options.command.asdu(step, time: options.timeTag?()))
            }
    }

    /// From the start octet on.
    package var octets: ByteBuffer {
        var octets = ByteBuffer(integer: APCI.startOctet)
        var content = ByteBuffer()
        content.writeInteger(control.controlField, endianness: .little)
        asdu?.encode(into: &content)
        octets.writeInteger(UInt8(truncatingIfNeeded: content.readableBytes))
        octets.writeBuffer(&content)
        return octets
    }
}

import IEC104Link
import NIOCore

/// Four octets of parameters, then steps: frames of any content, sends, requests of the user and time.
func fuzzLink(_ octets: UnsafeRawBufferPointer) {
    var input = FuzzInput(octets)
    let role: LinkRole = input.octet() & 1 == 0 ? .controlled : .controlling
    let parameters = LinkParameters(&input)
    var driver = LinkDriver(role, parameters, now: .uptimeNanoseconds(0))
    // Enough to go once around the sequence numbers, little enough to stay quick.
    var frames = 40_000
    while !input.isAtEnd, frames > 0 {
        if driver.fault != nil { driver = LinkDriver(role, parameters, now: driver.now) }
        step(&driver, &input, &frames)
        _ = driver.takeOutput()
    }
}

extension LinkParameters {
    /// Three octets: any that a configuration may give.
    init(_ input: inout FuzzInput) {
        let (window, times) = (input.octet(), input.octet())
        let k = window & 0x80 == 0 ? Int(window & 0x7F) + 1 : min(32_767, Int(window & 0x7F) * 259 + 1)
        let t1 = Int(times & 0x0F) + 2
        self.init(
            t1: t1, t2: 1 + Int(times >> 4) % (t1 - 1), t3: Int(times >> 2) + 1, k: k, w: 1 + Int(input.octet()) % k)
    }
}

/// A few frames, or so many that two of them go around the sequence numbers.
private func burst(_ input: inout FuzzInput) -> Int {
    let octet = Int(input.octet())
    return octet < 0xF0 ? octet : octet * 70
}

private func step(_ driver: inout LinkDriver, _ input: inout FuzzInput, _ frames: inout Int) {
    frames -= 1
    switch input.choice(13) {
    case 0:
        let field = input.longWord()
        if let frame = try? APCI(controlField: field, length: Int(input.octet())) {
            require(frame.controlField == field, "\(frame) is written otherwise than it was read")
            driver.receive(frame)
        }
    case 1:
        let numbers = input.octet()
        let send = driver.expected.advanced(by: numbers & 0xF0 == 0xF0 ? Int(numbers & 0x0F) : 0)
        driver.receive(.information(send: send, receive: driver.acknowledgement(leaving: Int(numbers & 0x0F))))
    case 2: driver.receive(.supervisory(receive: driver.acknowledgement(leaving: Int(input.octet() & 0x1F))))
    case 3: driver.receive(.unnumbered(UFunction.allCases[input.choice(UFunction.allCases.count)]))
    case 4:
        driver.backlog += Int(input.octet())
        driver.pull()
    case 5: driver.startDataTransfer()
    case 6: driver.stopDataTransfer()
    case 7: driver.test(timeout: input.octet() & 1 == 0 ? nil : .milliseconds(Int64(input.octet()) * 50 + 1))
    case 8: driver.advance(to: driver.now + .milliseconds(Int64(input.word())))
    case 9: driver.oversleep(to: driver.now + .milliseconds(Int64(input.word())))
    case 10: driver.acknowledgeNow()
    case 11:
        // Many I frames to the peer, each one acknowledged.
        for _ in 0..<min(frames, burst(&input)) where driver.fault == nil && driver.link.canSendInformation {
            driver.backlog += 1
            driver.pull()
            driver.receive(.supervisory(receive: driver.acknowledgement(leaving: 0)))
            frames -= 1
        }
    default:
        // Many I frames from the peer.
        for _ in 0..<min(frames, burst(&input)) where driver.fault == nil {
            driver.receive(.information(send: driver.expected, receive: driver.acknowledgement(leaving: 0)))
            frames -= 1
        }
    }
    driver.check()
}

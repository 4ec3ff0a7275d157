import DequeModule
import IEC104Link

/// The I frames of one direction, and their acknowledgement by the other.
///
/// The capture was made somewhere between the stations: an acknowledgement passes there before the sender has it, a frame
/// before the receiver has it. So more than k frames open here are more than k at the sender, and delays are judged with
/// a second's grace. What isn't known, after a gap or at the beginning of a capture, isn't judged.
struct AcknowledgementCheck {
    /// The direction of the I frames.
    let direction: Direction
    private let parameters: CheckParameters
    /// The number that the next I frame must have; nil if it isn't known.
    private var next: SequenceNumber?
    /// The I frames that wait for acknowledgement, oldest first; 32 767 at most.
    private var open: Deque<FrameMark> = []
    /// True if `open` is complete, so that an acknowledgement of something else is wrong.
    private var isComplete: Bool
    // What was told, and isn't told again before it has got better.
    private var hasToldK = false
    private var hasToldW = false
    private var hasToldT1 = false

    init(direction: Direction, isFromBeginning: Bool, _ parameters: CheckParameters) {
        self.direction = direction
        self.parameters = parameters
        next = isFromBeginning ? SequenceNumber(0) : nil
        isComplete = isFromBeginning
    }

    /// An I frame of this direction.
    mutating func sent(_ number: SequenceNumber, _ mark: FrameMark, into sink: inout FindingSink) {
        if let next, next != number {
            sink.add(.sendNumber, direction, mark, "N(S) is \(number), expected \(next)")
            forgetOpen()
        }
        next = number.advanced(by: 1)
        if open.count >= 32_767 { open.removeFirst() }
        open.append(mark)
        if open.count > parameters.k, !hasToldK {
            hasToldK = true
            sink.add(
                .windowK, direction, mark, "\(open.count) I frames without acknowledgement, k is \(parameters.k)")
        }
    }

    /// N(R) of a frame of the other direction.
    mutating func acknowledged(_ number: SequenceNumber, _ mark: FrameMark, into sink: inout FindingSink) {
        guard let next else { return }
        let remaining = next.distance(from: number)
        guard remaining <= open.count else {
            if isComplete {
                let oldest = SequenceNumber(Int(next.rawValue) - open.count)
                let expected = open.isEmpty ? "\(next)" : "\(oldest)...\(next)"
                sink.add(.receiveNumber, direction.other, mark, "N(R) is \(number), expected \(expected)")
            } else if remaining > 16_384 {
                // Ahead of what was captured: numbers are learnt anew from the next I frame.
                forget()
            }
            return
        }
        isComplete = true
        if let oldest = open.first, remaining < open.count {
            let age = oldest.age(mark.time)
            if age > parameters.t2 + CheckParameters.grace, !hasToldT1 {
                sink.add(
                    .acknowledgeT2, direction.other, mark,
                    "acknowledges frame \(oldest.frame) after \(Self.seconds(age)), t2 is \(Self.seconds(parameters.t2))"
                )
            }
            open.removeFirst(open.count - remaining)
            hasToldT1 = false
        }
        if open.count <= parameters.k { hasToldK = false }
        if open.count < parameters.w { hasToldW = false }
    }

    /// Time has passed, and the connection goes on.
    mutating func passed(to now: CaptureTime, into sink: inout FindingSink) {
        guard let oldest = open.first else { return }
        if oldest.age(now) > parameters.t1 + CheckParameters.grace, !hasToldT1 {
            hasToldT1 = true
            sink.add(
                .acknowledgeT1, direction, oldest,
                "not acknowledged within t1 (\(Self.seconds(parameters.t1))), and the connection goes on")
        }
        if open.count >= parameters.w, !hasToldW, open[parameters.w - 1].age(now) > CheckParameters.grace {
            hasToldW = true
            sink.add(
                .acknowledgeW, direction, open[parameters.w - 1],
                "\(parameters.w) I frames, and no acknowledgement within a second, w is \(parameters.w)")
        }
    }

    /// I frames of this direction may be missing in the capture.
    mutating func forget() {
        next = nil
        forgetOpen()
    }

    /// Acknowledgements may be missing in the capture, or aren't due any more.
    mutating func forgetOpen() {
        open = []
        isComplete = false
        (hasToldK, hasToldW, hasToldT1) = (false, false, false)
    }

    /// `1.5 s`.
    static func seconds(_ seconds: Double) -> String { "\((seconds * 1000).rounded() / 1000) s" }
}

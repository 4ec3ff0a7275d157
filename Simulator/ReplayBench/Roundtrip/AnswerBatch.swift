import IEC104Model

/// Interrogation answers of a capture that are fed together and then asked for together: of one common address and one
/// cause, each point once.
struct AnswerBatch {
    struct Key: Hashable {
        let commonAddress: CommonAddress
        let cause: CauseOfTransmission
    }

    let key: Key
    private(set) var objects: [PointAddress: RecordedObject] = [:]
    /// The points in the order of the capture.
    private(set) var order: [PointAddress] = []

    /// The objects that are left, in the order of the capture.
    var inOrder: [RecordedObject] { order.compactMap { objects[$0] } }

    init(key: Key) {
        self.key = key
    }

    /// Adds an object; the point must not be there yet.
    mutating func add(_ object: RecordedObject) {
        objects[object.address] = object
        order.append(object.address)
    }

    /// Removes a point that can't be asked for.
    mutating func remove(_ address: PointAddress) {
        objects[address] = nil
    }
}

extension RecordedObject {
    var batchKey: AnswerBatch.Key { AnswerBatch.Key(commonAddress: address.commonAddress, cause: cause) }
}

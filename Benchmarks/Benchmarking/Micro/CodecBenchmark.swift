import IEC104Model
import NIOCore

/// An ASDU with 16 objects of type M_ME_TF_1, there and back.
enum CodecBenchmark {
    private static let count = 20_000

    private static var asdu: ASDU? {
        let objects = (0..<16).compactMap { index in
            InformationObjectAddress(rawValue: UInt32(index)).map { address in
                InformationObject(
                    address: address,
                    element: .M_ME_TF_1(
                        M_ME_TF_1(value: Float(index), quality: .good, time: CP56Time2a(millisecondsSince1970: 0))))
            }
        }
        return ASDU(objects, cause: .spontaneous, commonAddress: 1)
    }

    static let encode = MicroBenchmark(name: "encode an ASDU of 16 objects", count: count) {
        let full = asdu
        return MicroBenchmark.Body {
            var buffer = ByteBuffer()
            for _ in 0..<count {
                buffer.clear()
                full?.encode(into: &buffer)
            }
            keep(buffer)
        }
    }

    static let decode = MicroBenchmark(name: "decode an ASDU of 16 objects", count: count) {
        var octets = ByteBuffer()
        asdu?.encode(into: &octets)
        return MicroBenchmark.Body { [octets] in
            for _ in 0..<count {
                var reader = octets
                keep(try? ASDU(decoding: &reader))
            }
        }
    }
}

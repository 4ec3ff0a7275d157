/// What `XINFO STREAM` tells. A stream that doesn't exist is empty.
struct StreamInfo {
    let lastGenerated: StreamID
    let first: StreamID?

    init(commands: RedisConnection, stream: String) async throws {
        let reply = try await commands.send([["XINFO", "STREAM", stream]]).first ?? .null
        if case .error(let error) = reply, error.code == "ERR" {
            (lastGenerated, first) = (.zero, nil)
            return
        }
        let fields = try reply.orThrow().elements ?? []
        var last = StreamID.zero
        var oldest: StreamID?
        for index in stride(from: 0, to: fields.count - 1, by: 2) {
            switch fields[index].string {
            case "last-generated-id": last = fields[index + 1].string.flatMap { StreamID($0) } ?? .zero
            case "first-entry": oldest = StreamEntry(fields[index + 1])?.id
            default: break
            }
        }
        (lastGenerated, first) = (last, oldest)
    }
}

import IEC104Station
import Logging

/// One log line for every command and what became of it.
struct CommandAudit {
    let logger: Logger

    func write(_ record: CommandRecord) {
        let outcome: String
        var metadata: Logger.Metadata = [
            "client": "\(record.client)", "point": "\(record.address)", "type": "\(record.type)",
            "value": "\(record.value.map(shown) ?? "not permitted")", "qualifier": "\(record.qualifier)",
            "originator": "\(record.originatorAddress)", "step": "\(record.step.rawValue)",
        ]
        switch record.outcome {
        case .done: outcome = "done"
        case .tested: outcome = "tested"
        case .refused(let reason):
            outcome = "refused"
            metadata["reason"] = "\(reason.rawValue)"
        case .failed(let reason):
            outcome = "failed"
            metadata["reason"] = "\(reason.rawValue)"
        }
        if let id = record.id { metadata["command"] = "\(id)" }
        if !record.detail.isEmpty { metadata["detail"] = "\(record.detail)" }
        metadata["outcome"] = "\(outcome)"
        logger.log(level: record.isRefused ? .warning : .info, "command", metadata: metadata)
    }

    private func shown(_ value: CommandValue) -> String {
        switch value {
        case .single(let isOn), .double(let isOn): isOn ? "on" : "off"
        case .step(let isHigher): isHigher ? "higher" : "lower"
        case .normalized(let value): "\(value.value)"
        case .scaled(let value): "\(value)"
        case .shortFloat(let value): "\(value)"
        case .bitstring(let bits): "0x\(String(bits, radix: 16))"
        }
    }
}

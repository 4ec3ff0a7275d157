import IEC104Model

/// What the station remembers of its counters besides their running values: frozen readings, and where counting began.
///
/// The source's counters are never touched. After a reset the station shows what the source has counted since then, so
/// that nothing is counted twice or lost. The memory ends with the process.
struct CounterMemory {
    private struct Memory {
        /// What the source's counter showed when it was reset last.
        var base: Int32 = 0
        var frozen: ProcessInformation?
        var sequenceNumber: UInt8 = 0
    }

    private var memories: [Int32: Memory] = [:]

    /// What the source says, as counted since the last reset.
    func running(_ information: ProcessInformation, of slot: Int32) -> ProcessInformation {
        guard !memories.isEmpty, let base = memories[slot]?.base, base != 0,
            case .integratedTotals(var reading) = information.value
        else { return information }
        reading.value &-= base
        var running = information
        running.value = .integratedTotals(reading)
        return running
    }

    /// The reading frozen last; nil if there is none.
    func frozen(_ slot: Int32) -> ProcessInformation? {
        memories.isEmpty ? nil : memories[slot]?.frozen
    }

    /// Memorizes a reading. Its sequence number is one more than that of the reading before, modulo 32.
    mutating func freeze(_ running: ProcessInformation, of slot: Int32, at time: CP56Time2a) {
        guard case .integratedTotals(var reading) = running.value else { return }
        var memory = memories[slot] ?? Memory()
        memory.sequenceNumber = (memory.sequenceNumber + 1) & 0x1F
        reading.notation = reading.notation & 0xE0 | memory.sequenceNumber
        memory.frozen = ProcessInformation(
            value: .integratedTotals(reading), quality: running.quality, time: time)
        memories[slot] = memory
    }

    /// Lets counting begin anew.
    ///
    /// - Returns: the running value from now on.
    mutating func reset(_ running: ProcessInformation, of slot: Int32) -> ProcessInformation {
        guard case .integratedTotals(var reading) = running.value else { return running }
        memories[slot, default: Memory()].base &+= reading.value
        reading.value = 0
        var fresh = running
        fresh.value = .integratedTotals(reading)
        return fresh
    }

    /// The slot holds another point from now on.
    mutating func forget(_ slot: Int32) {
        memories[slot] = nil
    }
}

import Load
import Testing

@Suite("What a connection has received of a sequence")
struct DeliveryRecordTests {
    private func record(_ indices: UInt32...) -> DeliveryRecord {
        var record = DeliveryRecord()
        for index in indices { record.take(index) }
        return record
    }

    @Test("everything once and in order is no fault")
    func even() {
        let record = record(0, 1, 2, 3)
        #expect(record.received == 4)
        #expect(record.lost(of: 4) == 0)
        #expect(record.duplicates == 0)
        #expect(record.misordered == 0)
    }

    @Test("a gap is a loss, at the beginning, in the middle and at the end")
    func loss() {
        #expect(record(1, 3).lost(of: 6) == 4)
        #expect(record().lost(of: 3) == 3)
    }

    @Test("what comes late is out of order, and not lost")
    func late() {
        let record = record(0, 3, 1, 2, 4)
        #expect(record.misordered == 2)
        #expect(record.lost(of: 5) == 0)
        #expect(record.duplicates == 0)
    }

    @Test("what comes again is doubled, however late")
    func twice() {
        #expect(record(0, 0, 1, 2, 1).duplicates == 2)
        let late = record(0, 2, 1, 1)
        #expect(late.duplicates == 1)
        #expect(late.misordered == 1)
    }

    @Test("a leap to the end takes no memory for what is missing")
    func leap() {
        #expect(record(UInt32.max - 1).lost(of: UInt32.max) == Int(UInt32.max) - 1)
    }
}

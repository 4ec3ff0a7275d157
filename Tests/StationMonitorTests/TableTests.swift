import ControllingStation
import IEC104Model
import NIOCore
import Testing

@testable import StationMonitor

@Suite("Table")
struct TableTests {
    private func table(_ asdus: [ReceivedASDU]) -> PointTable {
        var table = PointTable()
        for asdu in asdus { table.take(asdu) }
        return table
    }

    private func lines(
        _ table: PointTable, columns: Int = 200, lines: Int = 50, names: [PointAddress: String] = [:],
        now: Int64 = moment
    ) -> [TableLayout.Line] {
        TableLayout(names: names).lines(
            header: ["header"], table: table, size: .init(columns: columns, lines: lines), now: now)
    }

    @Test("shows address, type, value, quality, time tag, cause, count and age")
    func row() {
        let time = CP56Time2a(millisecondsSince1970: moment)
        let asdu = ASDU.object(
            .M_DP_TB_1(
                M_DP_TB_1(
                    information: DoublePointInformation(state: .on, quality: .blocked), time: time)),
            at: 77, commonAddress: 101)
        let result = lines(table([ReceivedASDU(asdu), ReceivedASDU(asdu)]), now: moment + 12_345)
        #expect(
            result.map(\.text) == [
                "header", "",
                "ADDRESS  TYPE       VALUE  QUALITY  TIME TAG      AGE  COUNT  CAUSE",
                "101:77   M_DP_TB_1     on  BL       10:30:00.123  12s      2  spontaneous",
            ])
    }

    @Test("shows the date of a time tag unless it is today's")
    func date() {
        let time = CP56Time2a(millisecondsSince1970: moment, isInvalid: true)
        let asdu = ASDU.object(.M_ME_TF_1(M_ME_TF_1(value: 1, quality: .good, time: time)))
        let shown = lines(table([ReceivedASDU(asdu)]), now: moment + 86_400_000)[3].text
        #expect(shown.contains("2026-01-15 10:30:00.123 IV"))
    }

    @Test("has a column for names where there are any")
    func names() {
        let address = PointAddress(commonAddress: 1, informationObjectAddress: 1)
        let result = lines(table([ReceivedASDU(.float(1))]), names: [address: "Busbar"])
        #expect(result[3].text.hasPrefix("1:1      Busbar  M_ME_NC_1    1.0  good"))
    }

    @Test("is ordered by address, whatever came first")
    func order() {
        let table = table([3, 1, 2, 10].map { ReceivedASDU(.float(1, at: $0)) })
        #expect(table.rows(first: 9).map(\.address.informationObjectAddress) == [1, 2, 3, 10])
    }

    @Test("fits the window and says how many points don't", arguments: [0, 1, 3, 5, 10, 24])
    func height(height: Int) {
        let table = table((1...100).map { ReceivedASDU(.float(1, at: InformationObjectAddress(integerLiteral: $0))) })
        let result = lines(table, lines: height)
        #expect(result.count <= height)
        guard height >= 5 else { return }
        #expect(result.count == height)
        #expect(result.last?.text == "… \(100 - (height - 4)) more")
    }

    @Test("shows all points when they just fit")
    func exactFit() {
        let table = table((1...10).map { ReceivedASDU(.float(1, at: InformationObjectAddress(integerLiteral: $0))) })
        #expect(lines(table, lines: 13).last?.text.hasPrefix("1:10") == true)
        #expect(lines(table, lines: 12).last?.text == "… 2 more")
    }

    @Test("is never wider than the window", arguments: [0, 1, 10, 80])
    func width(width: Int) {
        let result = lines(table([ReceivedASDU(.float(1))]), columns: width)
        #expect(result.allSatisfy { $0.text.count <= width })
    }

    @Test("lets fresh and doubtful points stand out")
    func emphasis() {
        let table = table([
            ReceivedASDU(.float(1, at: 1)), ReceivedASDU(.float(1, at: 2), at: moment - 5000),
            ReceivedASDU(.float(1, quality: .notTopical, at: 3)),
        ])
        #expect(lines(table).dropFirst(2).map(\.emphasis) == [.title, .fresh, .none, .doubtful])
    }

    @Test("counts reports and remembers when the value changed")
    func changes() {
        let table = table([
            ReceivedASDU(.float(1), at: 1000), ReceivedASDU(.float(1), at: 2000), ReceivedASDU(.float(2), at: 3000),
            ReceivedASDU(.float(2), at: 4000), ReceivedASDU(octets: [200]),
        ])
        let row = table.rows(first: 1).first
        #expect(row?.reports == 4)
        #expect(row?.lastReport == 4000)
        #expect(row?.lastChange == 3000)
        #expect(table.reports == 4)
        #expect(table.asdus == 5)
        #expect(table.malformed == 1)
    }

    @Test(
        "ages are short",
        arguments: [(0, "0.0s"), (950, "0.9s"), (12_000, "12s"), (185_000, "3m05s"), (7_620_000, "2h07m")]
            as [(Int64, String)])
    func ages(age: (Int64, String)) {
        #expect(TableLayout.age(age.0) == age.1)
    }

    @Test("a frame of the terminal clears what was there before")
    func frame() {
        let lines = [TableLayout.Line(text: "a", emphasis: .title), TableLayout.Line(text: "b", emphasis: .fresh)]
        #expect(Terminal(hasColours: false).frame(lines) == "\u{1B}[Ha\u{1B}[K\r\nb\u{1B}[K\u{1B}[J")
        #expect(
            Terminal(hasColours: true).frame(lines)
                == "\u{1B}[H\u{1B}[7ma\u{1B}[0m\u{1B}[K\r\n\u{1B}[1mb\u{1B}[0m\u{1B}[K\u{1B}[J")
    }
}

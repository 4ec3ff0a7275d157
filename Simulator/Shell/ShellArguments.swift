import IEC104Model
import Presentation

/// The words of a line behind its first one, taken one after the other.
struct ShellArguments {
    private let verb: ShellVerb
    private var words: [String]
    private var options: [String: String] = [:]

    /// - Parameter known: names of options, `NAME=VALUE`.
    /// - Throws: `ShellFault` for other options.
    init(_ words: [String], of verb: ShellVerb, options known: [String] = []) throws(ShellFault) {
        self.verb = verb
        self.words = []
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let name = parts.first, let value = parts.dropFirst().first else {
                self.words.append(word)
                continue
            }
            guard known.contains(name.lowercased()) else {
                throw fault(
                    "unknown option \"\(name)\"\(known.isEmpty ? "" : "; known: \(known.joined(separator: ", "))")")
            }
            options[name.lowercased()] = value
        }
    }

    /// The next word; nil if there is none.
    mutating func next() -> String? { words.isEmpty ? nil : words.removeFirst() }

    /// The next word, which has to be there.
    mutating func next(_ what: String) throws(ShellFault) -> String {
        guard let word = next() else { throw fault("\(what) is missing") }
        return word
    }

    /// Takes a word that may be anywhere.
    mutating func takeFlag(_ word: String) -> Bool {
        guard let index = words.firstIndex(where: { $0.lowercased() == word }) else { return false }
        words.remove(at: index)
        return true
    }

    /// Takes one of these words if it is there, wherever it is.
    mutating func takeAny<Word: RawRepresentable & CaseIterable>(
        of _: Word.Type
    ) -> Word? where Word.RawValue == String {
        Word.allCases.first { takeFlag($0.rawValue) }
    }

    /// The rest as one text.
    mutating func rest() -> String {
        defer { words = [] }
        return words.joined(separator: " ")
    }

    /// Nothing may be left.
    func end() throws(ShellFault) {
        if let word = words.first { throw fault("\"\(word)\" is too much") }
    }

    // MARK: Values

    /// A number in its range, from an option; nil without it.
    func number(_ name: String, _ range: ClosedRange<Int>) throws(ShellFault) -> Int? {
        guard let text = options[name] else { return nil }
        return try number(text, name, range)
    }

    /// A number in its range.
    func number(_ text: String, _ what: String, _ range: ClosedRange<Int>) throws(ShellFault) -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw fault("\(what) can't be \"\(text)\": \(range.lowerBound)...\(range.upperBound) is expected")
        }
        return number
    }

    /// The common address of the option ca; all by default.
    func commonAddress() throws(ShellFault) -> CommonAddress {
        CommonAddress(rawValue: UInt16(try number("ca", 0...65_535) ?? 65_535))
    }

    /// `1:1001`.
    mutating func pointAddress() throws(ShellFault) -> PointAddress {
        let text = try next("CA:IOA")
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let first = parts.first, let last = parts.last, let station = UInt16(first),
            station != CommonAddress.broadcast.rawValue,
            let object = UInt32(last).flatMap(InformationObjectAddress.init(rawValue:))
        else {
            throw fault(
                "\"\(text)\" is no address: CA:IOA is expected, 0...65534 and 0...\(InformationObjectAddress.maximum), "
                    + "such as 1:1001")
        }
        return PointAddress(commonAddress: CommonAddress(rawValue: station), informationObjectAddress: object)
    }

    /// Hexadecimal octets, all that is left.
    mutating func octets(maximum: Int) throws(ShellFault) -> [UInt8] {
        let text = rest()
        guard let octets = Hexadecimal.octets(of: text), (1...maximum).contains(octets.count) else {
            throw fault("\"\(text)\": 1...\(maximum) octets in hexadecimal are expected, such as 68 04 43 00 00 00")
        }
        return octets
    }

    /// Names the form of the line.
    func fault(_ text: String) -> ShellFault { ShellFault("\(text); usage: \(verb.usage)") }
}

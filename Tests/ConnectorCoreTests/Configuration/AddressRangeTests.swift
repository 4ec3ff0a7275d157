import Testing

@testable import ConnectorCore

@Suite("Addresses and CIDR ranges")
struct AddressRangeTests {
    @Test(
        "contain what their bits say",
        arguments: [
            ("192.168.1.7", "192.168.1.7", true), ("192.168.1.7", "192.168.1.8", false),
            ("192.168.1.0/24", "192.168.1.255", true), ("192.168.1.0/24", "192.168.2.0", false),
            ("192.168.1.77/24", "192.168.1.1", true), ("10.0.0.0/8", "10.255.255.255", true),
            ("10.0.0.0/9", "10.128.0.0", false), ("10.0.0.4/30", "10.0.0.7", true), ("10.0.0.4/30", "10.0.0.8", false),
            ("10.0.0.1/32", "10.0.0.1", true), ("10.0.0.1/32", "10.0.0.0", false),
            ("0.0.0.0/0", "255.255.255.255", true),
            ("0.0.0.0/0", "::1", false), ("::1", "::1", true), ("::1", "::2", false), ("::/0", "fe80::1", true),
            ("::/0", "10.0.0.1", false), ("fe80::/10", "febf::1", true), ("fe80::/10", "fec0::1", false),
            ("2001:db8::/33", "2001:db8:7fff::", true), ("2001:db8::/33", "2001:db8:8000::", false),
            ("10.0.0.0/8", "::ffff:10.1.2.3", true), ("10.0.0.0/8", "::ffff:11.1.2.3", false),
            ("::ffff:10.0.0.0/104", "::ffff:10.1.2.3", true),
        ])
    func contains(range: String, address: String, expected: Bool) throws {
        #expect(try #require(AddressRange(range)).contains(address) == expected)
    }

    @Test(
        "are refused where they are neither",
        arguments: [
            "", "host", "localhost", "10.0.0", "10.0.0.256", "10.0.0.1/", "10.0.0.1/33", "10.0.0.1/-1", "10.0.0.1/+8",
            "10.0.0.1/8/8", "/8", "10.0.0.1/a", "::/129", ":::", "10.0.0.1 ", "10.0.0.0/ 8", "10.0.0.0/8.0",
        ])
    func refused(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test("contain nothing that is no address", arguments: ["", "host", "10.0.0", "10.0.0.1:2404"])
    func noAddress(text: String) throws {
        #expect(try #require(AddressRange("0.0.0.0/0")).contains(text) == false)
    }
}

/// OCI: output circuit information of protection equipment (IEC 60870-5-101, 7.2.6.12).
///
/// | bit 8 | 7 | 6 | 5 | 4 | 3 | 2 | 1 |
/// |---|---|---|---|---|---|---|---|
/// | 0 | 0 | 0 | 0 | CL3 | CL2 | CL1 | GC |
package struct OutputCircuitInformation: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}

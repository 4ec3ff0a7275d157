/// QPA: qualifier of parameter activation (IEC 60870-5-101, 7.2.6.25).
///
/// 1 loaded parameters, 2 parameter of the addressed object, 3 cyclic transmission of the addressed object.
package struct QualifierOfParameterActivation: OctetElement {
    package let rawValue: UInt8

    package init(rawValue: UInt8) {
        self.rawValue = rawValue
    }
}

/// How a station without defects may do otherwise than most.
enum Manner: String, CaseIterable, Sendable {
    /// Reports interrogated points one by one, each after a while.
    case answersSlowly
    /// Acknowledges each I frame at once: w and t2 are upper bounds.
    case acknowledgesAtOnce
    /// Closes for a T2 or T4 that hasn't the length of its type, before it looks at anything else.
    case looksAtLengthFirst
}

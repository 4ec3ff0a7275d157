/// tmp
enum TmpCases {
    static let cases: [ConformanceCase] = [
        ConformanceCase(
            "LNK-47", .prescribed, "Commands with the window full",
            stimulus: "k unconfirmed, C_SC",
            expectation: "Command executed at most once; con+ sent as soon as the window opens",
            obstacle: "tmp"),
        ConformanceCase(
            "GI-17", .declared, "Command during GI",
            stimulus: "C_SC in the middle of a long GI",
            expectation: "con+ at the next window opening, not after the GI",
            timing: "< 1 s",
            obstacle: "tmp"),
        ConformanceCase(
            "TST-04", .declared, "No side effect",
            stimulus: "T107 between select and execute",
            expectation: "Select kept",
            obstacle: "tmp"),
        ConformanceCase(
            "RED-16", .prescribed, "Selection across masters",
            stimulus: "See CMD-14, CMD-15",
            expectation: "",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-01", .prescribed, "Direct single command",
            stimulus: "68 0E 00 00 00 00 2D 01 06 00 01 00 D1 07 00 01",
            expectation:
                "con+ 68 0E 00 00 02 00 2D 01 07 00 01 00 D1 07 00 01; return information 1001 on; term 68 0E xx xx 02 00 2D 01 0A 00 01 00 D1 07 00 01",
            timing: "con prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-02", .prescribed, "Order",
            stimulus: "As CMD-01",
            expectation: "con first; return information and term in declared order; term once",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-03", .prescribed, "Off",
            stimulus: "SCO 00",
            expectation: "As CMD-01",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-04", .declared, "Already in that state",
            stimulus: "Command to the present state",
            expectation: "con+ and term, or con-: declared; no return information",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-05", .prescribed, "Select",
            stimulus: "SCO 81 to 2002",
            expectation: "con+ with SCO 81; no output, no term",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-06", .prescribed, "Execute after select",
            stimulus: "SCO 01 within the timeout",
            expectation: "con+, output, return information, term",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-07", .prescribed, "Execute without select",
            stimulus: "SCO 01 to 2002",
            expectation: "con-",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-08", .prescribed, "Select timeout",
            stimulus: "Select, wait select timeout + 1 s, execute",
            expectation: "con-; no output; the timeout itself sends nothing",
            timing: "timeout +1 s/-0",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-09", .prescribed, "Just inside the timeout",
            stimulus: "Execute at 0.8 × timeout",
            expectation: "con+",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-10", .prescribed, "Cancel",
            stimulus: "Select, then COT 8 SCO 81",
            expectation: "COT 9 P/N=0; a later execute gives con-",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-11", .declared, "Cancel with S/E=0",
            stimulus: "Select, then COT 8 SCO 01",
            expectation: "COT 9 P/N=0 (common)",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-12", .declared, "Cancel without select",
            stimulus: "COT 8 to an idle point",
            expectation: "COT 9 P/N=1",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-13", .declared, "Double select, same master",
            stimulus: "Select twice",
            expectation: "con+ twice with restarted timeout, or con- : declared",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-14", .prescribed, "Double select, other master",
            stimulus: "Masters A and B select 2002",
            expectation: "B: con-; A may execute",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-15", .prescribed, "Execute by other master",
            stimulus: "A selects, B executes",
            expectation: "B: con-; select of A kept or dropped: declared; no output",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-16", .prescribed, "Value differs",
            stimulus: "Select 81, execute 00",
            expectation: "con-; select dropped (common)",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-17", .declared, "Qualifier differs",
            stimulus: "Select 85, execute 01",
            expectation: "con-",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-18", .declared, "Type differs",
            stimulus: "Select with T45, execute with T58",
            expectation: "con-",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-19", .declared, "Originator differs",
            stimulus: "Same connection, other OA",
            expectation: "con- or con+: declared",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-20", .prescribed, "Select, connection lost",
            stimulus: "RST, reconnect, execute",
            expectation: "con-",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-21", .declared, "Select, STOPDT, STARTDT",
            stimulus: "Execute after it",
            expectation: "con- (common)",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-22", .prescribed, "Execute uses up the select",
            stimulus: "Execute twice",
            expectation: "Second: con-",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-23", .declared, "Select on a direct point",
            stimulus: "SCO 81 to 2001, then 01",
            expectation: "con+ both, or con- for select on direct-only points: declared",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-24", .prescribed, "Refused",
            stimulus: "2003 SCO 01",
            expectation: "con-; no term, no output",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-25", .declared, "Failure after con+",
            stimulus: "Output fails during execution",
            expectation: "term with P/N=1 or no return information: declared",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-26", .conditional, "Slow output",
            stimulus: "2004 SCO 01",
            expectation: "con+ prompt, term after 3 s",
            timing: "3 s ±0.5 s",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-27", .declared, "Second command while one runs",
            stimulus: "2004 twice",
            expectation: "Second con- (common) or queued: declared; never two outputs at once",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-28", .conditional, "Qualifier of command",
            stimulus: "QU 1, 2, 3",
            expectation: "Pulse lengths as configured; con mirrors QU",
            timing: "±10 %",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-29", .declared, "Reserved qualifier",
            stimulus: "QU 4..31 (10..7C)",
            expectation: "con- or as default: declared",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-30", .declared, "Reserved bit of SCO",
            stimulus: "SCO 03 (bit 2)",
            expectation: "Ignored or con- ; mirrored unchanged",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-31", .conditional, "Double command",
            stimulus: "DCO 01 off, 02 on to 2101",
            expectation: "As CMD-01; return information T3/T31",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-32", .prescribed, "Forbidden double state",
            stimulus: "DCO 00, 03; also select 80, 83",
            expectation: "con-; no output",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-33", .conditional, "Regulating step",
            stimulus: "RCO 01 lower, 02 higher to 2201",
            expectation: "One step each",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-34", .prescribed, "Forbidden step",
            stimulus: "RCO 00, 03",
            expectation: "con-; no output",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-35", .declared, "Step at the end stop",
            stimulus: "Higher at highest tap",
            expectation: "con- (or con+ without change): declared",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-36", .conditional, "Set-point normalized",
            stimulus: "T48 NVA 00 40 QOS 00 to 2301",
            expectation: "con+; term only if \"C_SE ActTerm used\" is declared; return information 0.5",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-37", .conditional, "Set-point scaled",
            stimulus: "T49 SVA FF 7F, 00 80",
            expectation: "As CMD-36, limits kept",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-38", .conditional, "Set-point float",
            stimulus: "T50 00 00 C0 3F 00",
            expectation: "As CMD-36, value bit-exact",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-39", .declared, "Set-point not a number",
            stimulus: "T50 NaN 00 00 C0 7F, +inf 00 00 80 7F",
            expectation: "con-; nothing written",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-40", .declared, "Set-point out of range",
            stimulus: "Above configured limit",
            expectation: "con-",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-41", .conditional, "Set-point select and execute",
            stimulus: "QOS 80, then 00 with the same value",
            expectation: "As CMD-05/06; other value at execute: con- (common)",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-42", .declared, "QL not 0",
            stimulus: "QOS 01",
            expectation: "con- or ignored: declared",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-43", .conditional, "Bitstring",
            stimulus: "T51 78 56 34 12 to 2601",
            expectation: "con+; no select exists; term not used (common)",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-44", .conditional, "Commands with time tag",
            stimulus: "T58..T64, fresh time",
            expectation: "As without time tag; con and term mirror the time tag",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-45", .conditional, "Too old",
            stimulus: "T58 with time = now - (max. age + 2 s)",
            expectation: "Not executed; no answer or con-: declared",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-46", .conditional, "Just young enough",
            stimulus: "time = now - (max. age - 2 s)",
            expectation: "Executed",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-47", .declared, "From the future",
            stimulus: "time = now + 60 s",
            expectation: "Not executed (common) : declared",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-48", .declared, "Time tag with IV",
            stimulus: "IV set, or month 0",
            expectation: "Not executed: declared",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-49", .declared, "Station clock not synchronized",
            stimulus: "T58 while the clock is invalid",
            expectation: "Declared (common: refused)",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-50", .declared, "Too old select, too old execute",
            stimulus: "Fresh select, old execute",
            expectation: "con- or nothing; no output",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-51", .declared, "Return information cause",
            stimulus: "CMD-01 with two masters started",
            expectation: "Commanding master COT 11, others COT 3 (or 3 to all): declared",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-52", .prescribed, "Answers only to the sender",
            stimulus: "CMD-01 with two masters",
            expectation: "con, term only on the commanding connection",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-53", .declared, "Remote/local switch",
            stimulus: "Station in local mode",
            expectation: "All commands con-; monitoring goes on",
            timing: "prompt",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-54", .declared, "Backend not reachable",
            stimulus: "Data source offline",
            expectation: "con- within its time limit, no late execution when it returns",
            timing: "< t1",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-55", .prescribed, "Late execution",
            stimulus: "Window closed or connection dies between con+ and output",
            expectation: "Executed at most once",
            obstacle: "tmp"),
        ConformanceCase(
            "CMD-56", .prescribed, "Burst",
            stimulus: "100 commands to 100 points, window respected",
            expectation: "Each con+/term pair complete, in order per point",
            obstacle: "tmp"),
    ]
}

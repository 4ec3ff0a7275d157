#!/usr/bin/env python3
"""Writes the seeds in corpus/: what a fuzzer starts from, so that it need not find the formats by itself.

The ASDUs are the golden examples of Tests/IEC104ModelTests/Golden, one for each type. How each target reads its octets
is said above its function in FuzzTargets/. Files that this script doesn't write are left alone.
"""

import pathlib
import re

HERE = pathlib.Path(__file__).parent
GOLDEN = HERE.parent / "Tests/IEC104ModelTests/Golden"


def seed(target, name, octets):
    folder = HERE / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(octets)


def h(text):
    return bytes.fromhex(text)


def golden():
    """The shortest golden ASDU of each type, by type."""
    examples = {}
    for file in sorted(GOLDEN.glob("*GoldenTests.swift")):
        for text in re.findall(r'"((?:[0-9A-F]{2} ){5,}[0-9A-F]{2})"', file.read_text()):
            octets = h(text)
            if octets[0] not in examples or len(octets) < len(examples[octets[0]]):
                examples[octets[0]] = octets
    return examples


def information(send, receive, asdu):
    numbers = (send << 1).to_bytes(2, "little") + (receive << 1).to_bytes(2, "little")
    return bytes([0x68, len(asdu) + 4]) + numbers + asdu


def apdu(asdus):
    test, start, stop = h("680443000000"), h("680407000000"), h("680413000000")
    supervisory = h("680401000400")
    single, command = asdus[1], asdus[45]
    largest = h("0D1E03000100") + bytes(243)
    seed("apdu", "unnumbered", b"\x00" + test + start + stop + h("68040B000000") + h("680423000000680483000000"))
    seed("apdu", "conversation", b"\x03\x05\x01\x09" + start + information(0, 0, single) + supervisory + test)
    seed("apdu", "commands", b"\x02\x07\x07" + information(32767, 1, command) + information(0, 2, command))
    seed("apdu", "largest", b"\x01\x80" + information(5, 5, largest) + supervisory)
    seed("apdu", "wrong-start", b"\x00" + test + h("6704430000"))
    seed("apdu", "wrong-length", b"\x00" + test + h("6803430000"))
    seed("apdu", "wrong-function", b"\x00" + h("680447000000"))
    seed("apdu", "reserved-bit", b"\x00" + h("680401010000"))
    seed("apdu", "long-supervisory", b"\x00" + h("68050100000000"))
    seed("apdu", "incomplete", b"\x01\x03" + information(1, 0, single)[:-2])


def asdu(asdus):
    for number, octets in asdus.items():
        seed("asdu", f"type-{number:03}", b"\x00" + octets)
    for index in (0, 8, 20, 27, 60):
        seed("asdu", f"filled-{index:02}", bytes([1, index, 3, 3, 0, 1, 0]) + bytes(range(60)))
        seed("asdu", f"sequence-{index:02}", bytes([1, index, 0x85, 20, 0, 1, 0]) + bytes(range(40)))


def link():
    controlled, controlling = h("00 0B 8D 07"), h("01 0B 8D 07")
    start_act, start_con, stop_act, stop_con, test_act, test_con = (bytes([3, index]) for index in range(6))
    seed("link", "started", controlled + start_act + h("04 05 01 03 01 00 02 00") + stop_act)
    seed("link", "pending-stop", controlled + start_act + h("04 05") + stop_act + h("02 02 02 00") + start_act)
    seed("link", "window", controlled + start_act + h("04 FF 02 0C 02 00 0A") + test_act + h("08 10 27"))
    seed("link", "timers", controlled + start_act + h("01 00 08 E0 2E 04 01 08 98 3A") + test_con + h("08 FF FF"))
    seed("link", "around", controlled + start_act + h("0B FF 0B FF 0C FF 0C FF 04 03 01 01"))
    seed("link", "controlling", controlling + h("05") + start_con + h("01 00 04 04 06 01 00 02 00") + stop_con)
    seed("link", "controlling-test", controlling + h("05") + start_con + h("07 01 10 09 E8 03") + test_con)
    seed("link", "not-started", controlled + h("01 00"))
    seed("link", "wrong-numbers", controlled + start_act + h("04 02 02 1F") + start_act + h("01 F3"))
    seed("link", "control-fields", controlled + h("00 07 00 00 00 04 00 00 00 00 00 0E 00 01 00 02 00 04"))


def pair():
    parameters = h("0B 8D 07 0B 8D 07")
    seed("pair", "transfer", parameters + h("02 00 14 01 0A 08 E8 03 00 FF 08 10 27 03 08 10 27"))
    seed("pair", "slow-line", parameters + h("06 FF 02 08 10 27 00 50 08 10 27 03 08 10 27 02 08 10 27 01 40 03"))
    seed("pair", "small-window", h("00 8D 00 00 8D 00") + h("06 80 02 00 20 01 20 08 FF FF"))
    seed("pair", "tests", parameters + h("06 C0 04 05 07 20 08 FF FF 04 08 FF FF"))
    seed("pair", "broken", parameters + h("02 00 10 09 03 02 00 05 08 E8 03"))


def commands():
    execute, store = h("00 00 00 01 01"), h("03 01")
    seed("commands", "direct", h("00") + execute + store + execute + h("03 00") + execute + h("05 FF 05 FF 05 FF"))
    seed("commands", "select", h("0F 00 00 00 81 01") + execute + store + execute)
    seed("commands", "others", h("0F 00 00 00 81 01 00 01 00 01 01 00 01 00 81 01 06 00 00 00 02 00 01 01"))
    seed("commands", "cancel", h("0F 00 00 00 81 01 00 00 00 81 00") + execute)
    seed("commands", "process", h("F0 7F") + execute + store + h("04 00 04 04 00 00 00 01 01 04 08 00 00 00 01 01 04 04"))
    seed("commands", "late", h("F0 07 70") + execute + store + h("04 00 05 FF 05 FF 05 FF 04 04"))
    seed("commands", "redefined", h("00") + execute + h("07 01") + store + execute)
    seed("commands", "set-point", h("00 00 00 03 05 01 03 01 00 00 03 64 01 00 00 02 02 01 03 01 06 01 00"))


def station():
    plain, undefined = h("00") + h("FF FF 00") + bytes(16), h("08") + h("00 00 00")
    connect = h("04 00")
    interrogate = h("05 00 00 00 00 02") + h("09 00 FF")
    seed("station", "interrogation", plain + connect + interrogate)
    seed("station", "broadcast", plain + connect + h("05 00 00 30 00 02 09 00 FF"))
    seed("station", "groups", h("00 FF FF 05") + bytes(range(1, 17)) + connect + h("05 00 00 00 00 03 09 00 FF"))
    seed("station", "counters", h("01 FF FF 07") + bytes(range(16)) + connect + h("05 00 01 00 00 05 09 00 FF"))
    seed("station", "freeze", h("00 FF FF 07") + bytes(range(16)) + connect + h("05 00 01 00 00 85 05 00 01 00 00 05"))
    seed("station", "events", plain + connect + h("01 03 00 00 00 01 01 00 00 01 02 01 00 05 03 00 00 07 09 00 05"))
    seed("station", "echo", plain + connect + h("01 00 00 00 00 01 01 00 00 02 00 01 0A 88 13 0A 88 13 09 00 05"))
    seed("station", "undefined", undefined + connect + h("01 00 00 04 00 01 01 00 00 08 00 01") + interrogate)
    seed("station", "cyclic", h("00 FF FF 08") + bytes([0x42] * 16) + connect + h("0A 10 27 09 00 FF"))
    seed("station", "source", plain + connect + h("01 00 00 00 00 01 03 00 09 00 05 03 01 09 00 05 03 02 00"))
    seed("station", "read", plain + connect + h("05 00 02 00 00 64 09 00 02"))
    seed("station", "clock", plain + connect + h("05 00 03 00 00 09 00 02"))
    seed("station", "reset", plain + connect + h("05 00 04 00 00 01 09 00 05 0A E8 03 04 00"))
    seed("station", "test", plain + connect + h("05 00 05 00 00 01 02 E8 03 1E 0C 2F 06 1A 09 00 02"))
    seed("station", "stop", plain + connect + interrogate + h("0B 00 01 01 00 00 00 00 02 0B 00 02 09 00 05 0B 00 00"))
    for name, variation in (("dense", 0), ("sparse", 0x20), ("sparse-tagged", 0x2A)):
        block = bytes([0x40, 0, 0, variation]) + connect + h("05 00 00 70 00 02 09 00 FF")
        updates = b"".join(bytes([0x80 + index, 0, 0, 1]) for index in range(0, 128, 2))
        seed("station", f"block-{name}", block + h("01 3F") + updates + h("09 00 FF"))
    seed("station", "raw", plain + connect + h("08 00 0A 64 01 06 00 01 00 00 00 00 14 09 00 10"))


def json():
    seed("json", "all", b'{"a":[1,-0.5,1e3,1E-2,true,false,null,"x"],"b":{"c":{}},"d":[]}')
    seed("json", "escapes", b'["\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00","\xc3\xa9\xe2\x82\xac"]')
    seed("json", "numbers", b"[0,-0,123456789012345,1234567890123456789,0.1,2.2250738585072014e-308,1e400]")
    seed("json", "nested", b"[" * 64 + b"]" * 64)
    seed("json", "wrong", b'{"a":1,}')


def point():
    seed("point", "measured", b'{"value":21.5,"type":"M_ME_TF_1","casdu":1,"ioa":1001,"quality":["IV","NT"],"cot":3}')
    seed("point", "time", b'{"value":true,"timestamp":"2026-01-15T10:30:00.123+01:00","quality":16}')
    seed("point", "milliseconds", b'{"value":"0x1F","timestamp":1768473000123,"transient":true,"negative":false}')
    seed("point", "largest-time", b'{"value":1,"timestamp":9223372036854774784}')
    seed("point", "states", b'{"value":"indeterminate","type":3,"cot":"interrogated-by-group-16"}')
    seed("point", "extremes", b'{"value":-1e308,"unknown":[{"x":[]}],"quality":null}')
    seed("point", "fields", b"value\0 12.5\0type\0M_ME_NC_1\0quality\0IV|OV\0timestamp\x002026-01-15T10:30:00Z\0cot\x003")
    seed("point", "data", b'data\0{"value":"NaN","ioa":5}')


def documents():
    configuration = b"""{"name":"x","network":{"host":"::1","port":2404,"maxConnections":2},
"protocol":{"t1":15,"t2":10,"t3":20,"k":12,"w":8},
"streams":{"input":"i","output":"{ID}:o","error":"{ID}:e"},
"commands":{"confirmation":"process","timeout":5,"selectTimeout":9,"maxAge":30,"enabled":true,"allow":["10.0.0.0/8"]},
"interrogation":{"timeTags":true},"events":{"buffer":1000},"time":{"zone":"Europe/Berlin","acceptClockSync":false}}"""
    seed("configuration", "all", b"\0" + configuration)
    seed("configuration", "empty", b"\1{}")
    seed("configuration", "wrong", b"\1" + b'{"prot":1,"protocol":{"t1":1,"t2":300,"k":8,"w":9},"streams":{"input":""}}')
    point = b'{"name":"p","casdu":1,"ioa":%d,"type":%s,"groups":[1,16],"scale":0.1,"offset":-4,"deadband":0.5,"periodic":10}'
    seed("mapping", "measured", b"\0" + b'{"points":[' + point % (1, b'"M_ME_TF_1"') + b"," + point % (2, b"13") + b"]}")
    kinds = b'{"points":[{"casdu":2,"ioa":7,"type":1,"invert":true,"background":5},{"casdu":65535,"ioa":0,"type":37,'
    kinds += b'"counterGroup":4},{"casdu":2,"ioa":16777215,"type":"C_SE_NC_1","selectBeforeOperate":true,'
    kinds += b'"confirmation":"store","min":0,"max":9}]}'
    seed("mapping", "kinds", b"\1" + kinds)
    many = b",".join(b'{"casdu":1,"ioa":%d,"type":%d}' % (index, 1 + 2 * (index // 9)) for index in range(36))
    seed("mapping", "many", b'\0{"points":[' + many + b"]}")
    seed("mapping", "wrong", b'\1{"points":[{"casdu":1},{"ioa":1,"type":"M_ME"},7],"more":0}')


def resp():
    seed("resp", "kinds", b"\x04\x00+OK\r\n-ERR no\r\n:42\r\n$3\r\nabc\r\n$-1\r\n*-1\r\n*0\r\n*2\r\n:1\r\n$0\r\n\r\n")
    entry = b"*1\r\n*2\r\n$1\r\ns\r\n*1\r\n*2\r\n$3\r\n1-0\r\n*2\r\n$5\r\nvalue\r\n$4\r\n21.5\r\n"
    seed("resp", "stream", b"\x00\x00" + entry)
    seed("resp", "left-out", b"\x07\x41*2\r\n$70\r\n" + b"x" * 70 + b"\r\n$2\r\nok\r\n")
    seed("resp", "wrong", b"\x02\x00*3\r\n:1\r\n?\r\n")


def tcp(sequence, acknowledgement, payload, flags=0x18, ports=(40000, 2404)):
    numbers = ports[0].to_bytes(2, "big") + ports[1].to_bytes(2, "big")
    numbers += sequence.to_bytes(4, "big") + acknowledgement.to_bytes(4, "big")
    return numbers + bytes([0x50, flags]) + bytes(6) + payload


def ipv4(payload, fragment=0):
    length = (20 + len(payload)).to_bytes(2, "big")
    return h("4500") + length + h("0007") + fragment.to_bytes(2, "big") + h("40060000 0A000001 0A000002") + payload


def ipv6(payload, following=6):
    addresses = h("20010DB8") + bytes(11) + b"\1" + h("20010DB8") + bytes(11) + b"\2"
    return h("60000000") + len(payload).to_bytes(2, "big") + bytes([following, 64]) + addresses + payload


def recorded(asdus):
    test, start = h("680443000000"), h("680407000000")
    single = information(0, 0, asdus[1])
    segments = [tcp(999, 0, b"", 0x02), tcp(1000, 1, test), tcp(1006, 1, start[:3]), tcp(1009, 1, start[3:] + single)]
    packets = [h("020202020202030303030303") + h("81000064") + h("0800") + ipv4(segment) for segment in segments]

    def pcap(link_type, packets, order="little", magic=0xA1B2C3D4):
        number = lambda value, size=4: value.to_bytes(size, order)
        octets = number(magic) + number(2, 2) + number(4, 2) + bytes(8) + number(65535) + number(link_type)
        for index, packet in enumerate(packets):
            octets += number(index) + number(0) + number(len(packet)) * 2 + packet
        return octets

    def block(kind, body):
        length = (12 + len(body)).to_bytes(4, "little")
        return kind.to_bytes(4, "little") + length + body + length

    blocks = block(0x0A0D0D0A, h("4D3C2B1A 01000000 FFFFFFFFFFFFFFFF")) + block(1, h("65000000 00000100"))
    for packet in (ipv4(segment) for segment in segments):
        length = len(packet).to_bytes(4, "little")
        blocks += block(6, bytes(12) + length * 2 + packet + bytes(-len(packet) % 4))
    seed("capture", "ethernet", pcap(1, packets))
    seed("capture", "big-endian-nanoseconds", pcap(101, [ipv4(segments[1])], "big", 0xA1B23C4D))
    seed("capture", "blocks", blocks)
    seed("capture", "wireless", pcap(105, []))

    def listed(kind, packets):
        return bytes([kind]) + b"".join(len(p).to_bytes(2, "little") + b"\1" + p for p in packets)

    cut = tcp(1000, 1, test + start)
    headers = h("3C00010400000000") + h("2C01010C00000000 0000000000000000")
    fragment = h("06000001 00000009") + cut[:24]
    seed("packets", "ethernet", listed(0, packets))
    seed("packets", "fragments", listed(2, [ipv4(cut[:24], 0x2000), ipv4(cut[24:], 0x0003)]))
    seed("packets", "version-6", listed(2, [ipv6(cut), ipv6(headers + fragment, 0), ipv6(h("06000018 00000009") + cut[24:], 44)]))
    seed("packets", "loopback", listed(1, [h("02000000") + ipv4(segment) for segment in segments]))
    seed("packets", "cooked", listed(3, [h("000000010006010203040506 0000 0800") + ipv4(segment) for segment in segments]))
    seed("packets", "cooked-2", listed(4, [h("0800000000000002 0001 0006 0102030405060000") + ipv6(cut)]))
    seed("packets", "other-port", listed(2, [ipv4(tcp(1, 1, single + test, ports=(40000, 5000)))]))

    def segment(control, place, length, acknowledgement=0):
        return bytes([control]) + place.to_bytes(2, "little") + bytes([length]) + acknowledgement.to_bytes(2, "little")

    ordered = [segment(0, 0, 10), segment(1, 0, 10, 10), segment(0, 10, 10, 10), segment(1, 10, 5, 20)]
    seed("reassembly", "ordered", h("0001") + b"".join(ordered))
    seed("reassembly", "reordered", h("0001") + b"".join(ordered[index] for index in (0, 3, 2, 1, 2)))
    seed("reassembly", "lost", h("FFFF") + segment(0, 0, 10) + segment(0, 30, 10) + segment(0xE1, 0, 9, 40) * 20)
    seed("reassembly", "overlap", h("0001") + segment(0, 0, 10) + segment(0, 20, 10) + segment(0, 5, 20) + segment(2, 30, 0))
    seed("splitter", "cut", b"\x03\x02\x05\x01" + test + single + start)
    seed("splitter", "garbage", b"\x01\x09" + test + h("00 68 68 04 43 00 01") + single + h("680447000000") + start)
    seed("splitter", "middle", b"\x80" + single[5:] + test + single)


def main():
    asdus = golden()
    apdu(asdus)
    asdu(asdus)
    link()
    pair()
    station()
    commands()
    json()
    point()
    documents()
    resp()
    recorded(asdus)


if __name__ == "__main__":
    main()

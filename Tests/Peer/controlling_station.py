#!/usr/bin/env python3
"""An independent controlling station: connects, starts, interrogates, and prints what it receives.

    controlling_station.py HOST PORT CA [CA ...] [--duration S] [--timeout S]

It is built on c104 (lib60870-C) and shares no code with the connector or the simulator, so a misreading of the standard
that both ends of this project agree on shows here.

Output: one JSON object per line, flushed at once. Either an event,

    {"event": "connected" | "started" | "interrogated" | "disconnected"}

("interrogated" once every common address has sent its activation termination, and after every object received until
then), or a received information object,

    {"ca": 150, "ioa": 100, "typeid": 36, "value": 21.5, "quality": ["NT"], "cot": 3, "timestamp_ms": 1768473000123}

with `timestamp_ms` null for types without a time tag. `value` is a boolean for single points, a number 0...3 for double
points, and a number otherwise; step positions also have `transient`, integrated totals `sequence`. The words of
`quality` are IV NT SB BL OV, for integrated totals IV CY (carry) CA (adjusted).

It reconnects, starts and interrogates again after a lost connection. It ends after --duration seconds; without that, at
the end of standard input. SIGTERM ends it as well. The exit code is 0 if it has connected and interrogated at least
once, else 1; 64 for a mistake on the command line.

Types 1, 3, 5, 7, 9, 11, 13, 15 and 30...37 are decoded, all that the connector sends in monitor direction. What c104
2.2.1 doesn't tell, and this program therefore doesn't print: the bits of a time tag other than the time (invalid,
substituted, summer time), and the bits of a cause of transmission other than the cause (test, negative).
"""

import argparse
import json
import os
import queue
import signal
import sys
import threading
import time
from datetime import timezone

# c104 gives time tags as local times without a zone.
os.environ["TZ"] = "UTC"
time.tzset()

import c104  # noqa: E402

MONITORED = {1, 3, 5, 7, 9, 11, 13, 15, *range(30, 38)}
QUALITY = {
    c104.Quality.Invalid: "IV",
    c104.Quality.NonTopical: "NT",
    c104.Quality.Substituted: "SB",
    c104.Quality.Blocked: "BL",
    c104.Quality.Overflow: "OV",
}
COUNTER_QUALITY = {
    c104.BinaryCounterQuality.Invalid: "IV",
    c104.BinaryCounterQuality.Carry: "CY",
    c104.BinaryCounterQuality.Adjusted: "CA",
}


def quality_words(quality) -> list[str]:
    """The names of the bits that are set."""
    if quality is None:
        return []
    names = COUNTER_QUALITY if isinstance(quality, c104.BinaryCounterQuality) else QUALITY
    return [word for bit, word in names.items() if (quality & bit).is_any()]


def plain_value(value) -> bool | int | float:
    """The value without c104's wrapping."""
    match value:
        case bool() | int() | float():
            return value
        case c104.Double():
            return value.value
        case c104.NormalizedFloat():
            return float(value)
        case c104.Byte32():
            return int.from_bytes(bytes(value), "little")
        case _:
            return int(value)


class ControllingStation:
    """One connection to one controlled station, and what is told about it."""

    def __init__(self, host: str, port: int, addresses: list[int]) -> None:
        self.addresses = addresses
        self.steps: queue.Queue[str] = queue.Queue()
        self.succeeded = False
        self._printing = threading.Lock()
        # Objects that have come in by the octets, and objects that c104 has handed on. It does so on another thread.
        self._counts = threading.Condition()
        self._received = 0
        self._handled = 0
        self._terminated: set[int] = set()

        self.client = c104.Client(tick_rate_ms=50, command_timeout_ms=30_000)
        self.client.on_new_station(callable=self._new_station)
        self.client.on_new_point(callable=self._new_point)
        # Muted: STARTDT is sent when asked for.
        self.connection = self.client.add_connection(ip=host, port=port, init=c104.Init.MUTED)
        self.connection.on_state_change(callable=self._state_changed)
        self.connection.on_receive_raw(callable=self._octets_received)
        self.connection.on_unexpected_message(callable=self._unexpected)
        for address in addresses:
            self.connection.add_station(common_address=address)

    def start(self) -> None:
        self.connection.connect()
        self.client.start()

    def stop(self) -> None:
        self.client.stop()

    # Callbacks. c104 checks that their signatures are exactly these.

    def _state_changed(self, connection: c104.Connection, state: c104.ConnectionState) -> None:
        if state == c104.ConnectionState.OPEN_MUTED:
            self.steps.put("connected")
        elif state == c104.ConnectionState.OPEN:
            self.steps.put("started")
        elif state in (c104.ConnectionState.CLOSED, c104.ConnectionState.CLOSED_AWAIT_RECONNECT):
            self.steps.put("disconnected")

    def _new_station(self, client: c104.Client, connection: c104.Connection, common_address: int) -> None:
        connection.add_station(common_address=common_address)

    def _new_point(
        self, client: c104.Client, station: c104.Station, io_address: int, point_type: c104.Type
    ) -> None:
        """Adds none, on purpose.

        A point has one type for c104, but a station answers an interrogation with types without time tag and sends
        updates with it. Such objects would come in two ways, on two threads, and out of order. Without points all
        messages come in one way: decoded, in order, each once, as unexpected.
        """

    def _unexpected(
        self, connection: c104.Connection, message: c104.IncomingMessage, cause: c104.Umc
    ) -> None:
        # For other causes it comes in addition: lib60870 finds time tags in an interrogation answer unexpected.
        if cause not in (c104.Umc.UNKNOWN_IOA, c104.Umc.UNKNOWN_CA) or message.type.value not in MONITORED:
            return
        message.first()
        for _ in range(message.number_of_objects):
            message.next()  # The first time, this gives the first object.
            self._print_object(message)

    def _octets_received(self, connection: c104.Connection, data: bytes) -> None:
        if len(data) < 12 or data[2] & 1:
            return
        type_id, count, cause = data[6], data[7] & 0x7F, data[8] & 0x3F
        with self._counts:
            if type_id in MONITORED:
                self._received += count
            elif type_id == 100 and cause == 10:
                self._terminated.add(int.from_bytes(data[10:12], "little"))
            self._counts.notify_all()

    # Output

    def print_line(self, line: dict) -> None:
        with self._printing:
            print(json.dumps(line), flush=True)

    def _print_object(self, message: c104.IncomingMessage) -> None:
        info = message.info
        time_tag = info.recorded_at
        line = {
            "ca": message.common_address,
            "ioa": message.io_address,
            "typeid": message.type.value,
            "value": plain_value(info.value),
            "quality": quality_words(info.quality),
            "cot": message.cot.value,
            "timestamp_ms": time_tag and round(time_tag.replace(tzinfo=timezone.utc).timestamp() * 1000),
        }
        if isinstance(info, c104.StepInfo):
            line["transient"] = info.transient
        if isinstance(info, c104.BinaryCounterInfo):
            line["sequence"] = int(info.sequence)
        self.print_line(line)
        with self._counts:
            self._handled += 1
            self._counts.notify_all()

    # Steps

    def take(self, step: str) -> None:
        """Does what follows from a change of the connection."""
        self.print_line({"event": step})
        if step == "connected":
            self.connection.unmute()
        elif step == "started" and self._interrogate():
            self.succeeded = True
            self.print_line({"event": "interrogated"})

    def _interrogate(self) -> bool:
        with self._counts:
            self._terminated.clear()
        for address in self.addresses:
            if not self.connection.interrogation(common_address=address):
                return False
        with self._counts:
            wanted = set(self.addresses)
            if not self._counts.wait_for(lambda: wanted <= self._terminated, timeout=30):
                return False
            received = self._received
            return self._counts.wait_for(lambda: self._handled >= received, timeout=30)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Connect, interrogate and print what comes, as JSON lines.")
    parser.add_argument("host", help="an IPv4 address")
    parser.add_argument("port", type=int)
    parser.add_argument("addresses", metavar="CA", type=int, nargs="+", help="common address, 1...65534")
    parser.add_argument("--duration", type=float, help="seconds; without it, until the end of standard input")
    parser.add_argument("--timeout", type=float, default=30, help="seconds until it has to be interrogated")
    parser.error = lambda message: parser.exit(64, f"{parser.format_usage()}{message}\n")
    arguments = parser.parse_args()
    if not all(1 <= address <= 65534 for address in arguments.addresses):
        parser.error("a common address is 1...65534")
    return arguments


def main() -> int:
    arguments = parse_arguments()
    station = ControllingStation(arguments.host, arguments.port, arguments.addresses)
    signal.signal(signal.SIGTERM, lambda number, frame: station.steps.put("end"))
    if arguments.duration is None:
        def wait_for_end_of_input() -> None:
            sys.stdin.buffer.read()
            station.steps.put("end")

        threading.Thread(target=wait_for_end_of_input, daemon=True).start()

    begin = time.monotonic()
    is_connected = False
    is_end_wanted = False
    station.start()
    while not (is_end_wanted and station.succeeded):
        now = time.monotonic() - begin
        if not station.succeeded and now > arguments.timeout:
            break
        if arguments.duration is not None and now >= arguments.duration:
            break
        deadlines = [1.0] if arguments.duration is None else [1.0, arguments.duration - now]
        try:
            step = station.steps.get(timeout=max(min(deadlines), 0.01))
        except queue.Empty:
            continue
        if step == "end":
            is_end_wanted = True
            continue
        # Attempts that fail aren't worth a line.
        if step == "disconnected" and not is_connected:
            continue
        is_connected = step != "disconnected"
        station.take(step)
    if is_connected:
        station.print_line({"event": "disconnected"})
    sys.stdout.flush()
    # c104's threads may wait for a reconnection; there is nothing to be saved.
    threading.Thread(target=station.stop, daemon=True).start()
    time.sleep(0.1)
    os._exit(0 if station.succeeded else 1)


if __name__ == "__main__":
    sys.exit(main())

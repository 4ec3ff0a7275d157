#!/usr/bin/env python3
"""An independent controlling station that commands: sends what it is told to, and prints what came of it.

    commanding_station.py HOST PORT CA [--originator N] [--timeout S] COMMAND [COMMAND ...]

It is built on c104 (lib60870-C) like `controlling_station.py` beside it, and shares no code with the connector or the
simulator.

A COMMAND is a JSON object. They are sent one after the other, each when the one before has come to its end:

    {"ioa": 501, "type": 46, "value": 2, "qualifier": 1, "select": true}
    {"ioa": 502, "type": 63, "value": 21.5, "time_ms": 1768473000123}

`type` is 45...51 or 58...64. `value` is a boolean for 45 and 58, 0...3 for 46, 47, 59 and 60, 0...4294967295 for 51 and
64, and a number otherwise. `qualifier` (QU 0...31, QL 0...127) is 0 if left out, and there is none for bitstrings.
`select` selects before it executes. `time_ms` is the time tag of the types 58...64, in milliseconds since 1970 UTC; now
if it is left out.

Output: one JSON object per command, flushed at once:

    {"ioa": 501, "type": 46, "success": true, "answers": [{"cot": 7, "negative": false}, ...]}

`success` is c104's own verdict: for a direct command that it was confirmed positively, for one with selection that both
steps were and that the execution was terminated. `answers` are read from the octets received, all that came until the
termination, a refusal, or the end of the time.

--originator is the originator address, 0 if left out. --timeout is how long c104 waits for an answer, and this program
for the connection and for the termination of a direct command; 10 s if left out. The exit code is 0 once every command
was sent, whatever came of them; 1 if it could not connect; 64 for a mistake on the command line.

What c104 2.2.1 can't do, and what is done about it:

- It misses an answer that comes before it has begun to wait for it, and reports a failure when the time is over. Any
  other answer makes it look again: while a command takes long, test commands (107) are sent.
- A bitstring can't be selected: with `select` c104 would send it twice, so that is a mistake here.
- `Byte32` makes 0 of every number; it has to be given octets.
- Selection and execution are one step for it. It can't leave a point selected, so there is nothing to let lapse, to
  cancel, or to execute with another value.
- It can't set the test bit or the bits of a time tag, or send several objects in a command.
"""

import argparse
import json
import os
import sys
import threading
import time
from datetime import datetime, timedelta, timezone

# c104 gives and takes time tags as local times.
os.environ["TZ"] = "UTC"
time.tzset()

import c104  # noqa: E402

# How long a command may take until c104 is made to look again.
WAKE_S = 0.5

# The fourteen types: without and with time tag, and how the information is made.
TYPES = {
    (45, 58): lambda value, qualifier, time: c104.SingleCmd(bool(value), c104.Qoc(qualifier), time),
    (46, 59): lambda value, qualifier, time: c104.DoubleCmd(c104.Double(value), c104.Qoc(qualifier), time),
    (47, 60): lambda value, qualifier, time: c104.StepCmd(c104.Step(value), c104.Qoc(qualifier), time),
    (48, 61): lambda value, qualifier, time: c104.NormalizedCmd(
        c104.NormalizedFloat(value), c104.UInt7(qualifier), time
    ),
    (49, 62): lambda value, qualifier, time: c104.ScaledCmd(c104.Int16(value), c104.UInt7(qualifier), time),
    (50, 63): lambda value, qualifier, time: c104.ShortCmd(value, c104.UInt7(qualifier), time),
    (51, 64): lambda value, _, time: c104.BinaryCmd(c104.Byte32(value.to_bytes(4, "little")), time),
}
MAKERS = {number: make for numbers, make in TYPES.items() for number in numbers}
BITSTRINGS = (51, 64)
FIRST_WITH_TIME = 58


class Command:
    """A command as it is asked for on the command line."""

    def __init__(self, text: str) -> None:
        """Raises an exception of the kinds that Python and c104 have for it if it makes no sense."""
        fields = json.loads(text)
        self.ioa: int = fields.pop("ioa")
        self.type: int = fields.pop("type")
        self.is_selected: bool = fields.pop("select", False)
        value, qualifier, time_ms = fields.pop("value"), fields.pop("qualifier", 0), fields.pop("time_ms", None)
        if not 0 <= self.ioa <= 0xFFFFFF:
            raise ValueError("an information object address is 0...16777215")
        if fields:
            raise ValueError(f"unknown fields: {', '.join(fields)}")
        if self.type in BITSTRINGS and (self.is_selected or qualifier):
            raise ValueError("a bitstring has no selection and no qualifier")
        if time_ms is not None and self.type < FIRST_WITH_TIME:
            raise ValueError("the type has no time tag")
        self._make = lambda time: MAKERS[self.type](value, qualifier, time)
        self._time_ms = time_ms
        self.information()

    def information(self):
        """What is sent, with a time tag of now unless another one was asked for."""
        if self.type < FIRST_WITH_TIME:
            return self._make(None)
        if self._time_ms is None:
            return self._make(datetime.now(timezone.utc))
        return self._make(datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(milliseconds=self._time_ms))


class CommandingStation:
    """One connection to one controlled station, and what it answers."""

    def __init__(self, host: str, port: int, address: int, originator: int, timeout: float) -> None:
        self._timeout = timeout
        self._is_connected = threading.Event()
        self._is_started = threading.Event()
        self._answered = threading.Condition()
        self._key: tuple[int, int] | None = None
        self._answers: list[dict] = []

        self._client = c104.Client(tick_rate_ms=50, command_timeout_ms=round(timeout * 1000))
        # Muted: where it sends STARTDT by itself, it may miss the answer.
        connection = self._client.add_connection(ip=host, port=port, init=c104.Init.MUTED)
        connection.originator_address = originator
        connection.on_state_change(callable=self._state_changed)
        connection.on_receive_raw(callable=self._octets_received)
        self._station = connection.add_station(common_address=address)
        self._connection = connection

    def connect(self) -> bool:
        """True once data transfer is started; false if it isn't in time."""
        self._connection.connect()
        self._client.start()
        return (
            self._is_connected.wait(self._timeout)
            and self._connection.unmute()
            and self._is_started.wait(self._timeout)
        )

    # Callbacks. c104 checks that their signatures are exactly these.

    def _state_changed(self, connection: c104.Connection, state: c104.ConnectionState) -> None:
        if state == c104.ConnectionState.OPEN_MUTED:
            self._is_connected.set()
        elif state == c104.ConnectionState.OPEN:
            self._is_started.set()

    def _octets_received(self, connection: c104.Connection, data: bytes) -> None:
        """Notes an answer to the command under way. It comes on another thread than c104's own verdict."""
        if len(data) < 15 or data[2] & 1:
            return
        key = data[6], int.from_bytes(data[12:15], "little")
        with self._answered:
            if key != self._key:
                return
            self._answers.append({"cot": data[8] & 0x3F, "negative": data[8] & 0x40 != 0})
            self._answered.notify_all()

    def send(self, command: Command) -> dict:
        """Sends a command, waits for its end, and tells what came of it."""
        with self._answered:
            self._key, self._answers = (command.type, command.ioa), []
        mode = c104.CommandMode.SELECT_AND_EXECUTE if command.is_selected else c104.CommandMode.DIRECT
        point = self._station.add_point(io_address=command.ioa, type=c104.Type(command.type), command_mode=mode)
        point.info = command.information()
        has_verdict = threading.Event()
        threading.Thread(target=self._wake, args=(has_verdict,), daemon=True).start()
        success = point.transmit(cause=c104.Cot.ACTIVATION)
        has_verdict.set()
        with self._answered:
            self._answered.wait_for(self._is_at_its_end, timeout=self._timeout)
            answers, self._key = self._answers, None
        self._station.remove_point(io_address=command.ioa)
        return {"ioa": command.ioa, "type": command.type, "success": success, "answers": answers}

    def _wake(self, has_verdict: threading.Event) -> None:
        while not has_verdict.wait(WAKE_S):
            self._connection.test(common_address=self._station.common_address, with_time=True)

    def _is_at_its_end(self) -> bool:
        return any(answer["negative"] or answer["cot"] == 10 for answer in self._answers)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Send commands and print what came of them, as JSON lines.")
    parser.add_argument("host", help="an IPv4 address")
    parser.add_argument("port", type=int)
    parser.add_argument("address", metavar="CA", type=int, help="common address, 1...65534")
    parser.add_argument("commands", metavar="COMMAND", nargs="+", help="a JSON object")
    parser.add_argument("--originator", type=int, default=0, help="originator address, 0...255")
    parser.add_argument("--timeout", type=float, default=10, help="seconds to wait for an answer")
    parser.error = lambda message: parser.exit(64, f"{parser.format_usage()}{message}\n")
    arguments = parser.parse_args()
    if not 1 <= arguments.address <= 65534:
        parser.error("a common address is 1...65534")
    if not 0 <= arguments.originator <= 255:
        parser.error("an originator address is 0...255")
    for index, text in enumerate(arguments.commands):
        try:
            arguments.commands[index] = Command(text)
        except (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError) as error:
            parser.error(f"{text}: {type(error).__name__}: {error}")
    return arguments


def main() -> int:
    arguments = parse_arguments()
    station = CommandingStation(
        arguments.host, arguments.port, arguments.address, arguments.originator, arguments.timeout
    )
    if not station.connect():
        print(f"no connection to {arguments.host}:{arguments.port}", file=sys.stderr)
        return 1
    for command in arguments.commands:
        print(json.dumps(station.send(command)), flush=True)
    return 0


if __name__ == "__main__":
    code = main()
    # c104's threads may wait for a reconnection; there is nothing to be saved.
    os._exit(code)

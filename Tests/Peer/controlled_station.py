#!/usr/bin/env python3
"""An independent controlled station: serves a few points and commands until it is ended.

    controlled_station.py HOST PORT [--t1 S] [--t2 S] [--t3 S] [-k N] [-w N]

It is built on c104 (lib60870-C), as controlling_station.py is, and is as the library ships: what it does wrong is its
own. Common address 1 has, with every common type, the monitored points 1001...1601 and the single commands 2001
(direct) and 2002 (select and execute); common address 2 has the single point 4001. It prints "ready" when it listens.
"""

import argparse
import signal
import sys

import c104


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("host")
    parser.add_argument("port", type=int)
    parser.add_argument("--t1", type=int, default=15)
    parser.add_argument("--t2", type=int, default=10)
    parser.add_argument("--t3", type=int, default=20)
    parser.add_argument("-k", type=int, default=12)
    parser.add_argument("-w", type=int, default=8)
    options = parser.parse_args()

    server = c104.Server(ip=options.host, port=options.port, tick_rate_ms=100, select_timeout_ms=3000)
    parameters = server.protocol_parameters
    parameters.message_timeout = options.t1
    parameters.confirm_interval = options.t2
    parameters.keep_alive_interval = options.t3
    parameters.send_window_size = options.k
    parameters.receive_window_size = options.w

    station = server.add_station(common_address=1)
    for address, kind in [
        (1001, c104.Type.M_SP_TB_1),
        (1002, c104.Type.M_SP_NA_1),
        (1101, c104.Type.M_DP_NA_1),
        (1201, c104.Type.M_ST_NA_1),
        (1401, c104.Type.M_ME_NA_1),
        (1501, c104.Type.M_ME_NB_1),
        (1601, c104.Type.M_ME_NC_1),
    ]:
        station.add_point(io_address=address, type=kind)
    direct = station.add_point(io_address=2001, type=c104.Type.C_SC_NA_1)
    select = station.add_point(
        io_address=2002, type=c104.Type.C_SC_NA_1, command_mode=c104.CommandMode.SELECT_AND_EXECUTE)

    def accept(point: c104.Point, previous_info: c104.Information, message: c104.IncomingMessage) -> c104.ResponseState:
        return c104.ResponseState.SUCCESS

    for point in (direct, select):
        point.on_receive(callable=accept)
    server.add_station(common_address=2).add_point(io_address=4001, type=c104.Type.M_SP_TB_1)
    server.start()
    print("ready", flush=True)
    signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main())

print("iec104-sim")

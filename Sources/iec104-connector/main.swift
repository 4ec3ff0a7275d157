print("iec104-connector")

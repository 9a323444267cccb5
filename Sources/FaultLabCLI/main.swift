print("faultlab")

"""Runs an ONNX network with another engine on one thread and prints what that used, as `afterclass stage
network` does: peer.py onnxruntime|opencv MODEL BATCHxCHANNELSxHEIGHTxWIDTH COUNT"""

import json
import resource
import sys
import time

import numpy as np


def onnxruntime_runner(model, batch):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    return lambda: session.run(None, {name: batch})


def opencv_runner(model, batch):
    import cv2

    cv2.setNumThreads(1)
    network = cv2.dnn.readNetFromONNX(model)
    names = network.getUnconnectedOutLayersNames()

    def run():
        network.setInput(batch)
        network.forward(names)

    return run


def main():
    engine, model, shape, count = sys.argv[1:5]
    sizes = [int(size) for size in shape.split("x")]
    values = (np.arange(np.prod(sizes)) % 251).astype(np.float32) / 251
    run = {"onnxruntime": onnxruntime_runner, "opencv": opencv_runner}[engine](model, values.reshape(sizes))
    run()
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    for _ in range(int(count)):
        run()
    after, wall = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - start
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"cpuSeconds": cpu, "wallSeconds": wall, "peakMegabytes": after.ru_maxrss / 1024}))


main()

"""Runs an ONNX network with another engine on one thread and prints what that used, as `afterclass stage
network` does: peer.py onnxruntime|pytorch|opencv-python MODEL BATCHxCHANNELSxHEIGHTxWIDTH COUNT"""

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


def pytorch_runner(model, batch):
    """The graph's nodes one after another in PyTorch's eager mode."""
    import onnx
    import torch
    import torch.nn.functional as F
    from onnx import numpy_helper

    torch.set_num_threads(1)
    graph = onnx.load(model).graph
    constants = {tensor.name: torch.from_numpy(numpy_helper.to_array(tensor).copy()) for tensor in graph.initializer}
    settings = {node.output[0]: {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute} for node in graph.node}

    def convolution(values, node, given):
        top, left, bottom, right = given.get("pads", [0] * 4)
        source, padding = values[node.input[0]], (top, left)
        if (top, left) != (bottom, right):
            source, padding = F.pad(source, (left, right, top, bottom)), (0, 0)
        bias = values[node.input[2]] if len(node.input) > 2 else None
        return F.conv2d(source, values[node.input[1]], bias, given.get("strides", 1), padding, 1, given.get("group", 1))

    def normalized(values, node, given):
        scale, shift, mean, variance = (values[name] for name in node.input[1:5])
        return F.batch_norm(values[node.input[0]], mean, variance, scale, shift, eps=given.get("epsilon", 1e-5))

    operators = {
        "Conv": convolution,
        "BatchNormalization": normalized,
        "Relu": lambda v, n, a: torch.relu(v[n.input[0]]),
        "Add": lambda v, n, a: v[n.input[0]] + v[n.input[1]],
        "Resize": lambda v, n, a: F.interpolate(v[n.input[0]], scale_factor=2, mode="nearest"),
        "GlobalAveragePool": lambda v, n, a: F.adaptive_avg_pool2d(v[n.input[0]], 1),
        "Dropout": lambda v, n, a: v[n.input[0]],
        "Flatten": lambda v, n, a: torch.flatten(v[n.input[0]], a.get("axis", 1)),
        "Gemm": lambda v, n, a: F.linear(
            v[n.input[0]], v[n.input[1]] if a.get("transB") else v[n.input[1]].T, v[n.input[2]]),
    }
    name, batch = graph.input[0].name, torch.from_numpy(batch)

    def run():
        values = dict(constants, **{name: batch})
        with torch.inference_mode():
            for node in graph.node:
                values[node.output[0]] = operators[node.op_type](values, node, settings[node.output[0]])
        return [values[output.name] for output in graph.output]

    return run


def main():
    engine, model, shape, count = sys.argv[1:5]
    sizes = [int(size) for size in shape.split("x")]
    values = (np.arange(np.prod(sizes)) % 251).astype(np.float32) / 251
    run = {"onnxruntime": onnxruntime_runner, "pytorch": pytorch_runner, "opencv-python": opencv_runner}[engine](
        model, values.reshape(sizes))
    run()
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    for _ in range(int(count)):
        run()
    after, wall = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - start
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"cpuSeconds": cpu, "wallSeconds": wall, "peakMegabytes": after.ru_maxrss / 1024}))


main()

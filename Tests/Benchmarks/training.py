"""Trains a recipe's network in PyTorch and prints what that used, as `afterclass stage training` does:
training.py seed|afterclass COUNT THREADS [bfloat16]"""

import json
import resource
import sys
import time

import torch
from torch import nn


def stage(width, following, kernel):
    return [nn.Conv2d(width, following, kernel, 1, kernel // 2, bias=False), nn.BatchNorm2d(following), nn.ReLU()]


def seed():
    layers, width = [], 1
    for following, kernel in [(64, 3), (128, 5), (512, 3), (512, 3)]:
        layers += [*stage(width, following, kernel), nn.MaxPool2d(2), nn.Dropout(0.25)]
        width = following
    model = nn.Sequential(*layers, nn.Flatten(), nn.Linear(4608, 7))
    return model, torch.optim.Adam(model.parameters())


def afterclass():
    layers, width = [], 1
    for following in [32, "pool", 32, 32, "pool", 96, 96, "pool", 160, 160, "pool", 320]:
        layers += [nn.MaxPool2d(2)] if following == "pool" else stage(width, following, 3)
        width = width if following == "pool" else following
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.4), nn.Linear(320, 14)]
    model = nn.Sequential(*layers)
    return model, torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=5e-4)


def main():
    torch.set_num_threads(int(sys.argv[3]))
    model, optimizer = {"seed": seed, "afterclass": afterclass}[sys.argv[1]]()
    model.to(memory_format=torch.channels_last)
    images = torch.rand(128, 1, 48, 48).to(memory_format=torch.channels_last)
    labels = torch.arange(128) % 7

    def step():
        optimizer.zero_grad()
        with torch.autocast("cpu", torch.bfloat16, enabled="bfloat16" in sys.argv):
            loss = nn.functional.cross_entropy(model(images).float(), labels)
        loss.backward()
        optimizer.step()

    step()
    before, start = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    for _ in range(int(sys.argv[2])):
        step()
    after, wall = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - start
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"cpuSeconds": cpu, "wallSeconds": wall, "peakMegabytes": after.ru_maxrss / 1024}))


main()

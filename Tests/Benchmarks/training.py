"""Images per CPU second that PyTorch trains on one thread: training.py seed|residual [bfloat16].

The networks of Reports/Measurements/2026-11-22-training-speed.md; needs `pip install torch==2.13.0+cpu`.
"""
import sys
import time

import torch
from torch import nn


def block(width, following, kernel, stride=1, relu=True):
    layers = [nn.Conv2d(width, following, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(following)]
    return nn.Sequential(*layers, *([nn.ReLU()] if relu else []))


class Residual(nn.Module):
    def __init__(self, width, following, stride):
        super().__init__()
        self.body = nn.Sequential(block(width, following, 3, stride), block(following, following, 3, relu=False))
        same = stride == 1 and width == following
        self.short = nn.Identity() if same else block(width, following, 1, stride, relu=False)

    def forward(self, x):
        return torch.relu(self.body(x) + self.short(x))


def network(name):
    layers, width = [], 1
    if name == "seed":
        for following, kernel in [(64, 3), (128, 5), (512, 3), (512, 3)]:
            layers += [block(width, following, kernel), nn.MaxPool2d(2), nn.Dropout(0.25)]
            width = following
        return nn.Sequential(*layers, nn.Flatten(), nn.Linear(4608, 7))
    layers, width = [block(1, 32, 3, 2)], 32
    for following, first in [(32, 1), (64, 2), (128, 2), (256, 2)]:
        for stride in [first, 1]:
            layers.append(Residual(width, following, stride))
            width = following
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.4), nn.Linear(256, 7))


torch.set_num_threads(1)
model = network(sys.argv[1]).to(memory_format=torch.channels_last)
optimizer = torch.optim.Adam(model.parameters())
images = torch.rand(128, 1, 48, 48).to(memory_format=torch.channels_last)
labels = torch.arange(128) % 7
best = float("inf")
for _ in range(4):
    start = time.process_time()
    optimizer.zero_grad()
    with torch.autocast("cpu", torch.bfloat16, enabled="bfloat16" in sys.argv):
        loss = nn.functional.cross_entropy(model(images).float(), labels)
    loss.backward()
    optimizer.step()
    best = min(best, time.process_time() - start)
print(f"{sys.argv[1]}: {128 / best:.0f} images per CPU second")

#!/usr/bin/env python3
"""The encoder and its training step in PyTorch, to measure the project's own against.

Reads one JSON object per line from standard input and answers each with one. {"load": PATH} builds the network of an ONNX
model and takes a training batch, {"run": "encode"} and {"run": "step"} answer with the processor time of one run in
milliseconds. Needs PyTorch and the package onnx."""
import base64
import json
import sys
import time

import numpy
import onnx
import onnx.numpy_helper
import torch
import torch.nn.functional as F

from training_step import adamw, neighbourhood_loss


def convolve(x, weight, bias, attributes):
    before, after = attributes['pads'][1], attributes['pads'][3]
    padding = before if before == after else 0
    if before != after:
        x = F.pad(x, (before, after))
    return F.conv2d(x, weight, bias, attributes['strides'], (0, padding), attributes['dilations'])


def attributes_of(node):
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


class Network:
    """A graph of convolutions, sums, SiLUs and log powers, as onnx describes it, with its constants as parameters."""

    def __init__(self, path):
        graph = onnx.load(path).graph
        tensors = {tensor.name: torch.tensor(onnx.numpy_helper.to_array(tensor)) for tensor in graph.initializer}
        trained = ('.weight', '.bias')
        self.parameters = {name: tensor.requires_grad_() for name, tensor in tensors.items() if name.endswith(trained)}
        self.constants = {name: tensor for name, tensor in tensors.items() if not name.endswith(trained)}
        self.outputs = [output.name for output in graph.output]
        squashed = {node.output[0]: node.input[0] for node in graph.node if node.op_type == 'Sigmoid'}
        self.operations = []
        for node in graph.node:
            inputs = list(node.input)
            if node.op_type == 'Conv':
                self.operations.append(('Conv', inputs, node.output[0], attributes_of(node)))
            elif node.op_type in ('Add', 'Log'):
                self.operations.append((node.op_type, inputs, node.output[0], None))
            elif node.op_type == 'AveragePool':
                self.operations.append(('AveragePool', inputs, node.output[0], attributes_of(node)['kernel_shape']))
            elif node.op_type == 'Mul' and inputs[0] == inputs[1]:
                self.operations.append(('Square', inputs[:1], node.output[0], None))
            elif node.op_type == 'Mul' and squashed.get(inputs[1]) == inputs[0]:
                self.operations.append(('SiLU', inputs[:1], node.output[0], None))
            elif node.op_type != 'Sigmoid':
                raise ValueError(f'this script does not know the operator {node.op_type}')

    def __call__(self, x):
        values = dict(self.parameters, **self.constants, input=x)
        for kind, inputs, output, attributes in self.operations:
            given = [values[name] for name in inputs]
            if kind == 'Conv':
                values[output] = convolve(given[0], given[1], given[2] if len(given) > 2 else None, attributes)
            elif kind == 'Add':
                values[output] = given[0] + given[1]
            elif kind == 'Log':
                values[output] = given[0].log()
            elif kind == 'Square':
                values[output] = given[0].square()
            elif kind == 'AveragePool':
                values[output] = F.avg_pool2d(given[0], attributes)
            else:
                values[output] = F.silu(given[0])
        return [values[name] for name in self.outputs]


def tensor_of(stored):
    values = numpy.frombuffer(base64.b64decode(stored['base64']), '<f4').reshape(stored['shape'])
    return torch.tensor(values)


class Peer:
    def __init__(self, path, layout):
        with open(path) as file:
            task = json.load(file)
        self.network = Network(task['model'])
        for parameter in self.network.parameters.values():
            if parameter.dim() == 4:
                parameter.data = parameter.data.contiguous(memory_format=layout)
        self.signal = tensor_of(task['signal']).contiguous(memory_format=layout)
        self.input = tensor_of(task['input']).contiguous(memory_format=layout)
        self.positive = tensor_of(task['positive']) > 0
        self.allowed = tensor_of(task['allowed']) > 0
        self.levels = [(tensor_of(level['padding']), tensor_of(level['quantiles'])) for level in task['levels']]
        self.clip = task['clip']
        self.log_sharpness = torch.tensor(task['logSharpness'], requires_grad=True)
        self.trained = dict(self.network.parameters, sharpness=self.log_sharpness)
        self.optimizer = adamw(self.trained, **task['adam'])

    def encode(self):
        with torch.inference_mode():
            self.network(self.signal)

    def step(self):
        self.optimizer.zero_grad()
        pooled = []
        for features, (padding, quantiles) in zip(self.network(self.input), self.levels):
            lines = features.reshape(padding.shape[0], -1, features.shape[3]) + padding
            pooled.append(torch.matmul(lines.sort(-1).values, quantiles).flatten(1))
        embeddings = torch.cat(pooled, 1)
        distances = torch.cdist(embeddings, embeddings, p=1) / embeddings.shape[1]
        loss = neighbourhood_loss(distances, self.positive, self.allowed, self.log_sharpness)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.trained.values(), self.clip)
        self.optimizer.step()
        return loss.item()


def processor_time(work):
    """In milliseconds, with what the work gives."""
    began = time.process_time()
    result = work()
    return 1000 * (time.process_time() - began), result


class FasterLayout:
    """The network in either memory layout of PyTorch: which is faster depends on how PyTorch was built."""

    def __init__(self, path):
        layouts = [torch.contiguous_format, torch.channels_last]
        tried = [Peer(path, layout) for layout in layouts]

        def faster(run):
            times = [min(processor_time(getattr(peer, run))[0] for _ in range(4)) for peer in tried]
            return layouts[times.index(min(times))]

        self.encode = Peer(path, faster('encode')).encode
        self.step = Peer(path, faster('step')).step


def main():
    torch.set_num_threads(1)
    peer = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if 'load' in request:
                peer = FasterLayout(request['load'])
                answer = {'torch': torch.__version__}
            else:
                milliseconds, loss = processor_time(getattr(peer, request['run']))
                answer = {'milliseconds': milliseconds, 'loss': loss}
        except Exception as error:
            answer = {'error': str(error)}
        print(json.dumps(answer), flush=True)


if __name__ == '__main__':
    main()

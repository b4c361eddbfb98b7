"""The recognition network as `write-network.ts` writes it, run by torch with its numbers as parameters."""
import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper

from write_texts import ADDED, KEYS

CLASSES = ['', *KEYS, ' ', *ADDED]
# Numbers up to here stay as they are: what strokes look like is known, and the way back through these costs most.
KEPT_UNTIL = 'p2o.Mul.127'
# From here on the network is no longer one of convolutions over the picture.
NECK_FROM = 'p2o.AveragePool.1'


class Recogniser(torch.nn.Module):
    def __init__(self, path):
        super().__init__()
        self.model = onnx.load(path)
        graph = self.model.graph
        constants = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
        self.input, self.output = graph.input[0].name, graph.output[0].name
        self.operations = [
            [node.op_type, list(node.input), list(node.output), {one.name: onnx.helper.get_attribute_value(one) for one in node.attribute}]
            for node in graph.node
        ]
        self.keys = {name: f'p{at}' for at, (name, data) in enumerate(constants.items()) if data.dtype == np.float32 and data.size > 1}
        self.numbers = torch.nn.ParameterDict({key: torch.nn.Parameter(torch.from_numpy(constants[name].copy())) for name, key in self.keys.items()})
        self.constants = {name: torch.from_numpy(np.array(data)) for name, data in constants.items() if name not in self.keys}
        self.join_activations()
        self.join_norms()

    def users_of(self, name):
        return [operation for operation in self.operations if name in operation[1]]

    def join_activations(self):
        """x · hardsigmoid(x) and x · sigmoid(x) in one step each."""
        made = {operation[2][0]: operation for operation in self.operations}
        for operation in [one for one in self.operations if one[0] == 'Mul']:
            for x, gate in (operation[1], operation[1][::-1]):
                source = made.get(gate)
                if source and source[1][0] == x and source[0] in ('HardSigmoid', 'Sigmoid'):
                    operation[0], operation[1] = ('HardSwish' if source[0] == 'HardSigmoid' else 'Swish'), [x]
                    self.operations.remove(source)
                    break

    def join_norms(self):
        """The nine steps of a layer's norm in one."""
        for mean in [one for one in self.operations if one[0] == 'ReduceMean']:
            difference = next((user for user in self.users_of(mean[2][0]) if user[0] == 'Sub'), None)
            if difference is None:
                continue
            square, quotient = (next(user for user in self.users_of(difference[2][0]) if user[0] == kind) for kind in ('Pow', 'Div'))
            steps = [mean, difference, square, quotient]
            for kind in ('ReduceMean', 'Add', 'Sqrt'):
                steps.append(next(user for user in self.users_of((square if kind == 'ReduceMean' else steps[-1])[2][0]) if user[0] == kind))
            (scaled,) = self.users_of(quotient[2][0])
            (shifted,) = self.users_of(scaled[2][0])
            weights = [next(name for name in one[1] if name in self.keys) for one in (scaled, shifted)]
            shifted[0], shifted[1] = 'LayerNorm', [mean[1][0], *weights]
            for step in [*steps, scaled]:
                self.operations.remove(step)

    def forward(self, x):
        """A lattice of logits: lines × steps × classes."""
        return self.see(x, self.output)

    def see(self, x, wanted):
        """What the operation that writes `wanted` makes of `x`."""
        known = {self.input: x}
        for kind, inputs, (name, *_), attributes in self.operations:
            given = [known[one] if one in known else self.numbers[self.keys[one]] if one in self.keys else self.constants[one] for one in inputs if one]
            known[name] = given[0] if name == self.output and kind == 'Softmax' else run(kind, given, attributes)
            if name == KEPT_UNTIL:
                known[name] = known[name].detach()
            if name == wanted:
                return known[name]
        raise ValueError(f'the network writes no {wanted}')

    def parts(self):
        """Parameters to train: of the convolutions over the picture, and of what follows them. Convolutions of one channel stay."""
        body, neck, part = [], [], None
        for kind, inputs, outputs, attributes in self.operations:
            part = neck if outputs[0] == NECK_FROM else part
            for name in inputs:
                if name in self.keys and part is not None and not (kind == 'Conv' and attributes.get('group', 1) > 1):
                    part.append(self.numbers[self.keys[name]])
            if outputs[0] == KEPT_UNTIL:
                part = body
        trained = {id(one) for one in body + neck}
        for one in self.numbers.values():
            one.requires_grad_(id(one) in trained)
        return body, neck

    def save(self, path):
        for one in self.model.graph.initializer:
            if one.name in self.keys:
                one.CopyFrom(numpy_helper.from_array(self.numbers[self.keys[one.name]].detach().numpy(), one.name))
        onnx.save(self.model, path)


def run(kind, given, attributes):
    x = given[0]
    match kind:
        case 'Conv':
            pads = attributes.get('pads', [0, 0, 0, 0])
            bias = given[2] if len(given) > 2 else None
            return F.conv2d(x, given[1], bias, tuple(attributes['strides']), tuple(pads[:2]), groups=attributes.get('group', 1))
        case 'HardSwish':
            return F.hardswish(x)
        case 'Swish':
            return F.silu(x)
        case 'LayerNorm':
            return F.layer_norm(x.float(), (x.shape[-1],), given[1], given[2], 1e-6)
        case 'Mul':
            return x * given[1]
        case 'Add':
            return x + given[1]
        case 'Relu':
            return F.relu(x)
        case 'HardSigmoid':
            return F.hardsigmoid(x)
        case 'MatMul':
            return F.linear(x, given[1].t()) if given[1].dim() == 2 else torch.matmul(x, given[1])
        case 'Softmax':
            return torch.softmax(x, dim=attributes['axis'])
        case 'GlobalAveragePool':
            return x.mean(dim=(2, 3), keepdim=True)
        case 'AveragePool':
            return F.avg_pool2d(x, tuple(attributes['kernel_shape']), tuple(attributes['strides']))
        case 'Transpose':
            return x.permute(*attributes['perm'])
        case 'Squeeze':
            return x.squeeze(attributes['axes'][0])
        case 'Shape':
            return torch.tensor(x.shape)
        case 'Cast':
            return x.to({1: torch.float32, 6: torch.int32, 7: torch.int64}[attributes['to']])
        case 'Slice':
            for axis, start, end in zip(attributes['axes'], attributes['starts'], attributes['ends']):
                x = x.narrow(axis, start, min(end, x.shape[axis]) - start)
            return x
        case 'Concat':
            return torch.cat([one if one.dim() else one.view(1) for one in given], dim=attributes['axis'])
        case 'Reshape':
            return x.reshape([int(side) or x.shape[at] for at, side in enumerate(given[1])])
    raise ValueError(f'an operation that the network did not have: {kind}')


def read_lattice(lattice):
    """The likeliest class of each step, runs as one, blanks left out."""
    texts = []
    for steps in lattice.argmax(-1).tolist():
        texts.append(''.join(CLASSES[at] for at, before in zip(steps, [0, *steps]) if at != before))
    return texts


def average(path, other, share, out):
    """Numbers between two networks: fine-tuned ones keep more of what they knew when averaged with those they came from (Wortsman et al. 2022)."""
    one, another = Recogniser(path), Recogniser(other)
    with torch.no_grad():
        for name, key in one.keys.items():
            one.numbers[key].mul_(1 - share).add_(another.numbers[another.keys[name]], alpha=share)
    one.save(out)

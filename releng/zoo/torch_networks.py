"""PyTorch networks with seeded random weights, exported to ONNX by both exporters, with float64 references."""

import copy
import os
import shutil
import sys
import tempfile

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

import common
import inception
import margins

try:
    import torchvision
except RuntimeError:
    # a torchvision wheel built for another torch (cpu against cuda) lacks its compiled operators; the networks
    # need none of them, only the declaration that its import looks up
    DECLARATION = torch.library.Library("torchvision", "DEF")
    for operator in ("nms", "qnms"):
        DECLARATION.define(operator + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import torchvision

NORMALISATIONS = (nn.BatchNorm2d,)
STEADY = 2e-4  # relative differences of gradients up to here are rounding and no unit that has turned
MARGIN = 3e-5  # how far units are kept from their kinks, in standard deviations: more than rounding adds up to
NUDGE = 5e-6   # share of a picture's standard deviation, about what rounding adds up to in some dozen layers
WEIGHTED = (nn.Conv2d, nn.Linear, nn.ConvTranspose2d)


def randomise(model, pictures, seed, shift=0.5):
    """Random weights, scaled layer by layer on the pictures so that signals neither die nor explode.

    Every convolution and every dense layer is scaled to unit variance and, where it has a bias, centred;
    every batch normalisation gets the statistics of the pictures, disturbed, and a random scale and shift,
    so that a reader that forgets one of the four is seen. Shifts are positive on average (shift, in standard
    deviations): with most units on and few near the kink, the network amplifies rounding less, and a difference
    of 1e-4 is a mistake and not chaos.
    """
    generator = torch.Generator().manual_seed(seed)

    def uniform(like, low, high):
        return low + (high - low) * torch.rand(like.shape, generator=generator)

    def normal(like, std):
        return std * torch.randn(like.shape, generator=generator)

    model.eval()
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, WEIGHTED):
                module.weight.copy_(normal(module.weight, module.weight[0].numel() ** -0.5))
            elif isinstance(module, nn.LayerNorm) or type(module).__name__ == "LayerNorm2d":
                module.weight.copy_(uniform(module.weight, 0.6, 1.4))
                module.bias.copy_(normal(module.bias, 0.2))
        for name, parameter in model.named_parameters():
            if name.endswith("layer_scale"):
                parameter.copy_(uniform(parameter, 0.3, 0.8))

    def calibrate(module, inputs, output):
        last = isinstance(module, nn.Linear)   # where the channels are
        axes = [axis for axis in range(output.dim()) if axis != (output.dim() - 1 if last else 1)]
        if isinstance(module, NORMALISATIONS):
            mean = inputs[0].mean(axes)
            variance = inputs[0].var(axes, unbiased=False).clamp_min(1e-3)
            module.running_mean.copy_(mean + normal(mean, 0.3) * variance.sqrt())
            module.running_var.copy_(variance * uniform(variance, 0.6, 1.7))
            module.weight.copy_(uniform(mean, 0.4, 1.2))
            module.bias.copy_(shift + normal(mean, 0.3))
            return nn.functional.batch_norm(inputs[0], module.running_mean, module.running_var,
                                            module.weight, module.bias, False, 0.0, module.eps)
        centred = output - output.mean(axes, keepdim=True)
        scale = 1.0 / centred.std().clamp_min(1e-6)
        module.weight.mul_(scale)
        if module.bias is None:
            return output * scale
        bias = shift + normal(module.bias, 0.3)
        view = [1 if axis in axes else -1 for axis in range(output.dim())]
        mean = output.mean(axes) - module.bias
        module.bias.copy_(bias - mean * scale)
        return centred * scale + bias.view(view)

    handles = [module.register_forward_hook(calibrate) for module in model.modules()
               if isinstance(module, WEIGHTED + NORMALISATIONS)]
    with torch.no_grad():
        model(torch.from_numpy(pictures))
    for handle in handles:
        handle.remove()
    return model


def evaluate(model, pictures, taps, label):
    """Logits, the named modules' outputs and d sum(logits[:, label]) / d input, in the model's own precision."""
    caught = {}
    handles = [model.get_submodule(tap).register_forward_hook(
        lambda module, inputs, output, tap=tap: caught.__setitem__(tap, output.detach().clone())) for tap in taps]
    picture = pictures.clone().requires_grad_(True)
    logits = model(picture)
    logits[:, label].sum().backward()
    for handle in handles:
        handle.remove()
    return (logits.detach().numpy(), {tap: value.numpy() for tap, value in caught.items()}, picture.grad.numpy())


def choose(model, size, preprocessing, label, count=2, tries=20):
    """Pictures at which the float32 gradient means something, and how far rounding moves it there.

    A unit whose input is zero but for rounding, or two equal entries of a maximum pooling, make the float32 gradient
    jump. Large networks have some at every picture, so a picture is changed, by a hundred-thousandth or so, until there
    are none (margins.settle; small networks are spared, for their pictures pack well as they are). Those are taken whose
    gradient is then the same for several orders of summation, and in float64 also when they are nudged.
    """
    wide = copy.deepcopy(model).double()
    spaced = copy.deepcopy(model).to(memory_format=torch.channels_last)
    ranked = []
    for seed in range(7, 7 + tries):
        narrow = torch.from_numpy(common.images(1, 3, size, size, seed, preprocessing))
        near = 0
        if size > 64:
            narrow, near = margins.settle(wide, narrow, MARGIN)
        expected = evaluate(wide, narrow.double(), [], label)[2]
        worst = 0.0
        for probe in (0, 1, 2):
            with torch.backends.mkldnn.flags(enabled=probe != 1):
                actual = evaluate(spaced if probe == 2 else model, narrow.contiguous(
                    memory_format=torch.channels_last if probe == 2 else torch.contiguous_format), [], label)[2]
            worst = max(worst, common.relative(actual, expected))
            if worst > STEADY:
                break
        for probe in range(3 if worst <= STEADY else 0):
            nudge = np.random.default_rng(probe).uniform(-NUDGE, NUDGE, narrow.shape) * float(narrow.std())
            moved = evaluate(wide, narrow.double() + torch.from_numpy(nudge), [], label)[2]
            worst = max(worst, common.relative(moved, expected))
            if worst > STEADY:
                break
        ranked.append((worst, seed, near, narrow.numpy()))
        if sum(entry[0] <= STEADY for entry in ranked) >= count:
            break
    ranked.sort(key=lambda entry: entry[:2])
    chosen = ranked[:count]
    return np.concatenate([entry[3] for entry in chosen]), {
        "pictures": [entry[1] for entry in chosen], "gradient": [entry[0] for entry in chosen],
        "near kinks": [entry[2] for entry in chosen]}


def raw_names(path, pictures, wanted):
    """The ONNX tensors that hold the wanted values, found by running every tensor of the file: {tap: (name, error)}."""
    model = onnx.load(path)
    known = {output.name for output in model.graph.output}
    produced = [name for node in model.graph.node for name in node.output if name]
    kept = set(known)
    for name in produced:
        if name not in known:
            model.graph.output.append(onnx.ValueInfoProto(name=name))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    feed = session.get_inputs()[0]
    fixed = isinstance(feed.shape[0], int) and feed.shape[0] == 1
    batches = [pictures[i:i + 1] for i in range(len(pictures))] if fixed else [pictures]
    names = [output.name for output in session.get_outputs()]
    results = [session.run(None, {feed.name: batch}) for batch in batches]
    found = {}
    for index, name in enumerate(names):
        parts = [result[index] for result in results]
        if parts[0] is None or not isinstance(parts[0], np.ndarray) or parts[0].dtype != np.float32 or parts[0].ndim == 0:
            continue
        value = np.concatenate(parts) if fixed else parts[0]
        for tap, expected in wanted.items():
            if value.shape == expected.shape:
                error = common.relative(value, expected)
                if error < 1e-3 and (tap not in found or error < found[tap][1] * 0.5):
                    found[tap] = (name, error)
    missing = set(wanted) - set(found)
    if missing:
        raise ValueError(f"{path}: no tensor of the file holds {sorted(missing)}")
    return found


def export(model, example, path, exporter="legacy", opset=None, dynamic=False, fold=True, external=None):
    """One call of torch.onnx.export, as a user would write it."""
    arguments = {"input_names": ["input"], "output_names": ["logits"]}
    if exporter == "legacy":
        arguments.update(dynamo=False, opset_version=opset or 13, do_constant_folding=fold)
        if not fold:
            arguments["training"] = torch.onnx.TrainingMode.PRESERVE
        if dynamic:
            arguments["dynamic_axes"] = {"input": {0: "batch"}, "logits": {0: "batch"}}
    else:
        arguments.update(dynamo=True, external_data=external is not False)
        if opset:
            arguments["opset_version"] = opset
        if dynamic:
            arguments["dynamic_shapes"] = ({0: torch.export.Dim("batch", min=1, max=1024)},)
    # the file names its external data by its own name, so it is written under that name elsewhere and then moved
    folder = tempfile.mkdtemp(dir=os.path.dirname(path))
    try:
        torch.onnx.export(model, (example,), os.path.join(folder, os.path.basename(path)), **arguments)
        forget_places(os.path.join(folder, os.path.basename(path)))
        for file in sorted(os.listdir(folder), reverse=True):
            os.replace(os.path.join(folder, file), os.path.join(os.path.dirname(path), file))
    finally:
        shutil.rmtree(folder)


def forget_places(path):
    """Takes out of a file where the program that wrote it lay: the exporter notes lines of its sources with every node."""
    model = onnx.load(path, load_external_data=False)
    for graph in [model.graph, *model.functions]:
        for node in graph.node:
            del node.metadata_props[:]
            node.doc_string = ""
    onnx.save(model, path)


def write(folder, name, model, pictures, rounding, taps, preprocessing, label, variants):
    """Every variant of one network: NAME.onnx, NAME.npz, NAME.json."""
    narrow = torch.from_numpy(pictures)
    logits32, _, gradient32 = evaluate(model, narrow, taps, label)
    others = common.images(2, 3, pictures.shape[2], pictures.shape[3], 200, preprocessing)
    spread = common.spread(evaluate(model, torch.from_numpy(others), [], label)[0])
    logits, activations, gradient = evaluate(copy.deepcopy(model).double(), narrow.double(), taps, label)
    about = {"framework": "torch " + torch.__version__ + ", torchvision " + torchvision.__version__,
             "class": label, "preprocessing": preprocessing, "layout": "NCHW",
             "float32": {"logits": common.relative(logits32, logits), "gradient": common.relative(gradient32, gradient),
                        "gradient_norm": common.relative_norm(gradient32, gradient), "orders": rounding},
             "spread": spread}
    for suffix, options in variants.items():
        file = name + suffix + ".onnx"
        path = os.path.join(folder, file)
        if "caffe" in options:
            inception.write_caffe(folder, name + suffix, model, pictures.shape[2], options["caffe"])
        else:
            export(model, narrow if options.get("dynamic") else narrow[:1], path, **options)
        found = raw_names(path, pictures, {**activations, "": logits})
        produced = onnx.load(path, load_external_data=False)
        common.write_reference(folder, name + suffix, file, {
            **about, "export": options, "opset": produced.opset_import[0].version, "ir": produced.ir_version,
            "producer": produced.producer_name + " " + produced.producer_version, "logits": found[""][0],
            "onnxruntime": {tap or "logits": error for tap, (_, error) in found.items()},
            "taps": {tap: found[tap][0] for tap in taps}},
            input=pictures, logits=logits, gradient=gradient,
            **{"tap:" + found[tap][0]: activations[tap] for tap in taps})
        print(f"{name + suffix}: opset {produced.opset_import[0].version}, {len(produced.graph.node)} nodes, "
              f"spread {about['spread']:.2f}, float32 gradient off by {max(rounding['gradient']):.1e}, "
              f"onnxruntime off by {found[''][1]:.1e}", flush=True)


LEGACY = {"": {}}
BOTH = {"": {}, "_dynamo": {"exporter": "dynamo"}}
DYNAMIC = {"_dynamic_bn": {"dynamic": True, "fold": False}}

# deep ones with many units: at the usual shift some unit is always so near its kink that rounding turns it
CALM = {"googlenet", "mobilenet_v2", "googlenet_transform", "resnet50", "densenet121", "inception_v3", "inceptionv1"}

# name: (builder, image size, taps, exports)
NETWORKS = {
    "inceptionv1": (inception.InceptionV1, 224, ["conv2d1", "mixed3b", "mixed4a", "mixed5b"],
                    {**BOTH, "_zoo7": {"caffe": 7}, "_zoo9": {"caffe": 9}}),
    "googlenet": (lambda: torchvision.models.googlenet(weights=None, aux_logits=False, init_weights=False), 224,
                  ["conv2", "inception3b", "inception4c", "inception5b"],
                  {**BOTH, **DYNAMIC, "_opset9": {"opset": 9}, "_dynamo_dynamic": {"exporter": "dynamo", "dynamic": True, "external": False}}),
    "googlenet_transform": (lambda: torchvision.models.googlenet(weights=None, aux_logits=False, init_weights=False,
                                                                 transform_input=True), 224,
                            ["inception3b", "inception4c", "inception5b"], BOTH),
    "resnet18": (lambda: torchvision.models.resnet18(weights=None), 224, ["layer1.0", "layer2", "layer3", "layer4"],
                 {**BOTH, **DYNAMIC, "_opset11": {"opset": 11}}),
    "mobilenet_v3_small": (lambda: torchvision.models.mobilenet_v3_small(weights=None), 224,
                           ["features.1", "features.4", "features.8", "features.12"], {**BOTH, **DYNAMIC, "_opset14": {"opset": 14}}),
    "mobilenet_v3_large": (lambda: torchvision.models.mobilenet_v3_large(weights=None), 224,
                           ["features.4", "features.10", "features.16"], BOTH),
    "resnet50": (lambda: torchvision.models.resnet50(weights=None), 224, ["layer2.0", "layer3", "layer4"], BOTH),
    "vgg16": (lambda: torchvision.models.vgg16(weights=None, init_weights=False), 224,
              ["features.15", "features.22", "features.29", "classifier.4"], LEGACY),
    "alexnet": (lambda: torchvision.models.alexnet(weights=None), 224,
                ["features.4", "features.9", "features.11", "classifier.5"], LEGACY),
    "squeezenet1_1": (lambda: torchvision.models.squeezenet1_1(weights=None), 224,
                      ["features.4", "features.7", "features.12"], BOTH),
    "mobilenet_v2": (lambda: torchvision.models.mobilenet_v2(weights=None), 224,
                     ["features.5.conv.0", "features.11.conv.1", "features.18"], BOTH),
    "densenet121": (lambda: torchvision.models.densenet121(weights=None), 224,
                    ["features.denseblock2", "features.denseblock3", "features.norm5"], {**BOTH, **DYNAMIC}),
    "efficientnet_b0": (lambda: torchvision.models.efficientnet_b0(weights=None), 224,
                        ["features.3.0.block.0", "features.5.0.block.1", "features.8"], BOTH),
    "shufflenet_v2_x1_0": (lambda: torchvision.models.shufflenet_v2_x1_0(weights=None), 224,
                           ["stage2", "stage3", "conv5"], {**BOTH, **DYNAMIC}),
    "convnext_tiny": (lambda: torchvision.models.convnext_tiny(weights=None), 224,
                      ["features.3.0", "features.5.2", "features.7"], BOTH),
    "inception_v3": (lambda: torchvision.models.inception_v3(weights=None, aux_logits=False, init_weights=False), 299,
                     ["Mixed_5d", "Mixed_6c", "Mixed_7c"], BOTH),
}




class TinyGoogLeNet(nn.Module):
    """A stem and two inception blocks of torchvision's GoogLeNet, with its pools that round up."""

    def __init__(self):
        super().__init__()
        part = sys.modules[torchvision.models.GoogLeNet.__module__]   # its function hides the module's name
        self.conv1 = part.BasicConv2d(3, 8, kernel_size=7, stride=2, padding=3)
        self.maxpool1 = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        self.inception3a = part.Inception(8, 4, 4, 8, 2, 4, 4)
        self.maxpool3 = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        self.inception4a = part.Inception(20, 6, 4, 8, 2, 4, 4)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.dropout = nn.Dropout(0.2)
        self.fc = nn.Linear(22, 10)

    def forward(self, x):
        x = self.inception3a(self.maxpool1(self.conv1(x)))
        x = self.avgpool(self.inception4a(self.maxpool3(x)))
        return self.fc(self.dropout(torch.flatten(x, 1)))


class TinyResNet(nn.Module):
    """A stem and two stages of torchvision's basic blocks."""

    def __init__(self):
        super().__init__()
        block = torchvision.models.resnet.BasicBlock
        self.conv1 = nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        self.layer1 = nn.Sequential(block(8, 8))
        down = nn.Sequential(nn.Conv2d(8, 12, 1, stride=2, bias=False), nn.BatchNorm2d(12))
        self.layer2 = nn.Sequential(block(8, 12, 2, down), block(12, 12))
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(12, 10)

    def forward(self, x):
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        return self.fc(torch.flatten(self.avgpool(self.layer2(self.layer1(x))), 1))


class TinyAlexNet(nn.Sequential):
    """Convolutions with biases, dropout and a wide dense layer."""

    def __init__(self):
        super().__init__(
            nn.Conv2d(3, 8, 5, stride=2, padding=2), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2),
            nn.Conv2d(8, 12, 3, padding=1), nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d((7, 7)), nn.Flatten(),
            nn.Dropout(), nn.Linear(588, 24), nn.ReLU(inplace=True), nn.Dropout(), nn.Linear(24, 10))


def tiny_mobilenet_v3():
    part = torchvision.models.mobilenetv3
    rows = [(8, 3, 8, 8, True, "RE", 2, 1), (8, 3, 24, 12, False, "HS", 2, 1), (12, 5, 24, 12, True, "HS", 1, 1)]
    return part.MobileNetV3([part.InvertedResidualConfig(*row, width_mult=1.0) for row in rows], last_channel=24, num_classes=10)


def tiny_convnext():
    part = torchvision.models.convnext
    return part.ConvNeXt([part.CNBlockConfig(8, 12, 1), part.CNBlockConfig(12, None, 1)], stochastic_depth_prob=0.1, num_classes=10)


def tiny_mobilenet_v2():
    model = torchvision.models.MobileNetV2(num_classes=10, width_mult=0.25, inverted_residual_setting=[[1, 16, 1, 1], [6, 32, 2, 2]])
    last = torchvision.ops.misc.Conv2dNormActivation
    model.features[-1] = last(model.features[-2].out_channels, 24, kernel_size=1, activation_layer=nn.ReLU6)   # instead of 1280
    model.classifier[-1] = nn.Linear(24, 10)
    return model


# name: (builder, image size, taps, exports); everything has 10 classes
SMALL = {
    "tiny_inceptionv1": (lambda: inception.InceptionV1(inception.SMALL_STEM, inception.SMALL, 10, 2), 64,
                         ["conv2d1", "mixed3b", "mixed4a", "mixed5b"], {**LEGACY, "_zoo7": {"caffe": 7}}),
    "tiny_googlenet": (TinyGoogLeNet, 32, ["conv1", "inception3a", "inception4a"], {**BOTH, **DYNAMIC}),
    "tiny_resnet": (TinyResNet, 32, ["layer1", "layer2.0", "layer2.1"],
                    {**DYNAMIC, "_opset9": {"opset": 9}, "_dynamo_dynamic": {"exporter": "dynamo", "dynamic": True, "external": False}}),
    "tiny_mobilenet_v3": (tiny_mobilenet_v3, 32, ["features.0", "features.2", "features.3", "features.4"],
                          {**LEGACY, "_dynamo": {"exporter": "dynamo", "external": False}}),
    "tiny_mobilenet_v2": (tiny_mobilenet_v2, 32, ["features.1.conv.0", "features.2.conv.1", "features.4"], LEGACY),
    "tiny_shufflenet": (lambda: torchvision.models.ShuffleNetV2([2, 2, 1], [8, 16, 24, 32, 32], num_classes=10), 32,
                        ["maxpool", "stage2", "conv5"], {**LEGACY, **DYNAMIC}),
    "tiny_convnext": (tiny_convnext, 32, ["features.0", "features.1", "features.3"],
                      {**LEGACY, "_dynamo": {"exporter": "dynamo", "external": False}}),
    "tiny_densenet": (lambda: torchvision.models.DenseNet(4, (2, 2), 8, 2, num_classes=10), 32,
                      ["features.relu0", "features.denseblock1", "features.norm5"], DYNAMIC),
    "tiny_alexnet": (TinyAlexNet, 32, ["1", "4", "9"], LEGACY),
}


def make(folder, name, networks=None, label=17, count=2):
    builder, size, taps, variants = (networks or NETWORKS)[name]
    published = "inceptionv1" in name
    preprocessing = common.LUCID if published else common.IMAGENET
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model = randomise(builder(), common.images(4, 3, size, size, 100, preprocessing), 1, 1.5 if name in CALM else 0.5)
    pictures, rounding = choose(model, size, preprocessing, label, count)
    write(folder, name, model, pictures, rounding, taps, preprocessing, label, variants)
    if published:
        inception.write_state(folder, name, model)
        common.copy_reference(folder, name, name + "_state", name + ".safetensors",
                              {tap: tap for tap in taps}, "softmax2_pre_activation_matmul")


def make_small(folder, name):
    make(folder, name, SMALL, 7, 2 if name == "tiny_resnet" else 1)   # one picture is enough, two show a batch

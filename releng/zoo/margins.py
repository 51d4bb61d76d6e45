"""Pictures that stay clear of kinks: where no unit stands so near a bend of its activation function, and no two entries of a
maximum pooling so near each other, that rounding could turn them. Found with float64 PyTorch alone."""

import torch
from torch.nn import functional
from torch.overrides import TorchFunctionMode

KINKS = {functional.relu: (0.0,), torch.relu: (0.0,), torch.relu_: (0.0,), torch.Tensor.relu: (0.0,), torch.Tensor.relu_: (0.0,),
         functional.relu6: (0.0, 6.0), functional.hardtanh: (), functional.hardtanh_: (),
         functional.hardswish: (-3.0, 3.0), functional.hardsigmoid: (-3.0, 3.0)}
POOLS = (functional.max_pool2d, torch.max_pool2d)


def window(value):
    return (value, value) if isinstance(value, int) else tuple(value)


def gaps(x, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    """The largest entry of every window less the second largest, (image, channel, window)."""
    size, padding, dilation = window(kernel_size), window(padding), window(dilation)
    step = window(stride) if stride else size
    # what a window that sticks out at the end (ceil_mode) sees is padding, too: a whole step more of it changes no maximum
    more = step if ceil_mode else (0, 0)
    x = functional.pad(x, (padding[1], padding[1] + more[1], padding[0], padding[0] + more[0]), value=float("-inf"))
    entries = functional.unfold(x, size, dilation, 0, step).unflatten(1, (x.shape[1], size[0] * size[1]))
    first, second = entries.topk(2, dim=2).values.unbind(2)
    return first - second.clamp_min(-1e30)


class Margins(TorchFunctionMode):
    """While it is active, gathers what units lack to the wanted distance from the nearest kink.

    The distance is in standard deviations of the tensor. Entries of a window that are exactly equal do not count: they
    come from units that are off, whose gradient is zero whichever of them is chosen.
    """

    def __init__(self, wanted):
        super().__init__()
        self.wanted = wanted
        self.lacking = 0.0   # the sum of the squares, to be made zero
        self.near = 0        # how many units lack something
        self.inside = False

    def __torch_function__(self, function, types, arguments=(), options=None):
        options = options or {}
        outermost, self.inside = not self.inside, True
        try:
            if outermost and function in KINKS:
                self.units(function, arguments, options)
            elif outermost and function in POOLS:
                self.windows(gaps(*arguments, **options), arguments[0])
            return function(*arguments, **options)
        finally:
            self.inside = not outermost

    def units(self, function, arguments, options):
        x = arguments[0]
        kinks = KINKS[function] or (options.get("min_val", arguments[1] if len(arguments) > 1 else -1.0),
                                    options.get("max_val", arguments[2] if len(arguments) > 2 else 1.0))
        for kink in kinks:
            self.add((x - kink).abs(), x.detach().std())

    def windows(self, gap, x):
        self.add(gap[(gap > 0) & (gap < 1e20)], x.detach()[torch.isfinite(x.detach())].std())

    def add(self, distance, spread):
        lack = self.wanted - distance / spread
        lack = lack[lack > 0]
        self.near += lack.numel()
        self.lacking = self.lacking + (lack / self.wanted).square().sum()


def settle(wide, picture, margin, rounds=40):
    """The picture, changed as little as it takes to bring every unit of the float64 network the margin away from its kinks.

    Returns the picture (float32) and how many units are nearer than half the margin, 0 where it worked. The few units that
    are near are far fewer than the pixels, so a least change (of about the margin) has no trouble to move them all.
    """
    start = picture.double()
    offset = torch.zeros_like(start, requires_grad=True)
    optimizer = torch.optim.LBFGS([offset], lr=1.0, max_iter=rounds, history_size=30, tolerance_grad=0.0,
                                  tolerance_change=0.0, line_search_fn="strong_wolfe")
    unit = margin * float(start.std())   # so that the unknowns are of order 1

    class Done(Exception):
        pass

    def lacking():
        optimizer.zero_grad()
        with Margins(margin) as margins:
            wide(start + unit * offset)
        if margins.near == 0:
            raise Done
        margins.lacking.backward()
        return margins.lacking

    try:
        optimizer.step(lacking)
    except Done:
        pass
    settled = (start + unit * offset.detach()).float()
    with torch.no_grad(), Margins(margin / 2) as margins:
        wide(settled.double())
    return settled, margins.near

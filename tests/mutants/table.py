"""Lines of the engine and what breaks them: every one of these must be noticed by a test.

A mutant is (module, text, broken text): the text stands in that module once. Not listed because
nobody could notice: `lerp_` written as the same sum of products, the order of two constraints of
which a recipe allows one, another block length of the draws, a snapshot from which more is replayed
than must be.
"""

from typing import NamedTuple


class Mutant(NamedTuple):
    module: str
    text: str
    broken: str


TESTS = {
    "losses": ("losses",),
    "optimizers": ("optimizers", "members"),
    "networks": ("networks",),
    "streams": ("streams",),
    "data": ("data", "training", "costs"),
    "recipe": ("recipe", "members"),
    "history": ("history",),
    "training": ("training", "costs", "change", "members", "history"),
}
"""Whose tests are asked about a module: files tests/test_*.py, in this order."""

LOSSES = [
    ("return softplus(-real).mean(-1) + softplus(fake).mean(-1)",
     "return softplus(-real).mean(-1) - softplus(fake).mean(-1)"),
    ("return smoothing * real.mean(-1)", "return smoothing * (1.0 - real).mean(-1)"),
    ("return -softplus(fake).mean(-1)", "return softplus(fake).mean(-1)"),
    ("return softplus(-fake).mean(-1)", "return -softplus(fake).mean(-1)"),
    ("return -0.5 * fake.exp().mean(-1)", "return -fake.exp().mean(-1)"),
    ("return 0.5 * (real - 1.0).square().mean(-1) + 0.5 * (fake + 1.0).square().mean(-1)",
     "return 0.5 * (real - 1.0).square().mean(-1) + 0.5 * fake.square().mean(-1)"),
    ("return 0.5 * fake.square().mean(-1)", "return 0.5 * (fake - 1.0).square().mean(-1)"),
    ("return torch.relu(1.0 - real).mean(-1) + torch.relu(1.0 + fake).mean(-1)",
     "return torch.relu(1.0 - real).mean(-1) + torch.relu(fake).mean(-1)"),
    ("return fake.mean(-1) - real.mean(-1)", "return real.mean(-1) - fake.mean(-1)"),
    ("return -fake.mean(-1)", "return -fake.sum(-1)"),
    ("return softplus(fake - real).mean(-1)", "return softplus(fake - real.mean()).mean(-1)"),
    ("return softplus(real - fake).mean(-1)", "return -softplus(fake - real).mean(-1)"),
    ("conjugate=lambda v: (v - 1.0).exp(),", "conjugate=lambda v: v.exp(),"),
    ("activation=lambda v: -(-v).exp(),", "activation=lambda v: -v.exp(),"),
    ("conjugate=lambda v: 0.25 * v.square() + v,", "conjugate=lambda v: 0.5 * v.square() + v,"),
    ("activation=lambda v: -(-v).expm1(),", "activation=lambda v: (-v).expm1(),"),
    ("conjugate=lambda v: softplus(v) - LOG2,", "conjugate=lambda v: softplus(v),"),
    ("best=lambda l: 2.0 * l.expm1(),", "best=lambda l: l.expm1(),"),
    ("return row.conjugate(fake).mean(-1) - row.activation(real).mean(-1)",
     "return row.conjugate(real).mean(-1) - row.activation(fake).mean(-1)"),
    ("return -row.conjugate(fake).mean(-1)", "return -row.activation(fake).mean(-1)"),
    ("best=lambda l: torch.tanh(l / 2)", "best=lambda l: torch.tanh(l)"),
    ("return 0.5 * slope.square().sum(-1).mean(-1)", "return 0.5 * slope.square().mean((-1, -2))"),
    ("return (norm - 1.0).square().mean(-1)", "return torch.relu(norm - 1.0).square().mean(-1)"),
    ("norm = torch.where(steep, torch.where(steep, square, 1.0).sqrt(), 0.0)",
     "norm = square.sqrt()"),
    ('"r1": Penalty(at="real", of=half_square)', '"r1": Penalty(at="fake", of=half_square)'),
    ('"gp": Penalty(at="between", of=away_from_one)', '"gp": Penalty(at="real", of=away_from_one)'),
    ("parameter.clamp_(-c, c)", "parameter.clamp_(max=c)"),
    ("for parameter in (*weights, *biases):", "for parameter in weights:"),
    ("largest = torch.linalg.matrix_norm(w, ord=2, keepdim=True)",
     "largest = torch.linalg.matrix_norm(w, keepdim=True)"),
]

OPTIMIZERS = [
    ("return self.velocity.mul_(self.momentum).add_(gradient)",
     "return self.velocity.mul_(self.momentum).add_(gradient, alpha=0.5)"),
    ("return self.velocity.mul_(self.momentum).add_(gradient)",
     "return self.velocity.add_(gradient).mul_(self.momentum)"),
    ("return rate * self.gathered(gradient / (self.second.sqrt() + self.eps))",
     "return rate * self.gathered(gradient / (self.second + self.eps).sqrt())"),
    ("return rate * self.gathered(gradient / (self.second.sqrt() + self.eps))",
     "return rate * self.gathered(gradient) / (self.second.sqrt() + self.eps)"),
    ("blend(self.first, gradient, 1.0 - self.beta1)", "blend(self.first, gradient, self.beta1)"),
    ("self.steps = self.steps + 1", "self.steps = 1"),
    ("spread = self.second.sqrt().div_((1.0 - self.beta2**self.steps) ** 0.5).add_(self.eps)",
     "spread = self.second.sqrt().add_(self.eps)"),
    ("spread = self.second.sqrt().div_((1.0 - self.beta2**self.steps) ** 0.5).add_(self.eps)",
     "spread = self.second.add(self.eps).sqrt().div_((1.0 - self.beta2**self.steps) ** 0.5)"),
    ("return self.first / spread * (rate / (1.0 - self.beta1**self.steps))",
     "return self.first / spread * rate"),
    ("return value.reshape(-1, *[1] * (axes - 1))", "return value.reshape(*[1] * (axes - 1), -1)"),
]

NETWORKS = [
    ("value=lambda h: functional.leaky_relu(h, LEAK),", "value=functional.leaky_relu,"),
    ("slope=steps(LEAK),", "slope=steps(0.0),"),
    ("slope=lambda h: 1.0 - torch.tanh(h).square()", "slope=lambda h: 1.0 - torch.tanh(h)"),
    ("slope=lambda h: torch.sigmoid(h) * (1.0 + h * torch.sigmoid(-h)),",
     "slope=lambda h: torch.sigmoid(h) * (1.0 + h),"),
    ("torch.full((n * w + w,), 1 / math.sqrt(n), dtype=torch.float32, device=stream.device)",
     "torch.full((n * w + w,), 1 / math.sqrt(w), dtype=torch.float32, device=stream.device)"),
    ("w.mul_(gain)", "w.mul_(gain * gain)"),
    ("x = torch.baddbmm(b, act(x) if i else x, w)", "x = torch.baddbmm(b, act(x), w)"),
    ("v = torch.bmm(v * slope, w.transpose(1, 2))", "v = torch.bmm(v, w.transpose(1, 2))"),
    ("new = [p - step for p, step in zip(self.parameters, steps, strict=True)]",
     "new = [p + step for p, step in zip(self.parameters, steps, strict=True)]"),
    ("return self.over(self.flat.detach().clone())", "return self.over(self.flat.detach())"),
    ("inside[-1] |= share[-1] > 1.0", "inside[-1] |= share[-1] < 0.0"),
]

STREAMS = [
    ("return (word.double() + 0.5) * 2.0**-32", "return word.double() * 2.0**-32"),
    ("k0, k1 = (k0 + WEYL[0]) & WORD, (k1 + WEYL[1]) & WORD",
     "k0, k1 = (k0 + WEYL[1]) & WORD, (k1 + WEYL[0]) & WORD"),
    ("x, y = torch.where(odd, -sine, cosine), torch.where(odd, cosine, sine)",
     "x, y = torch.where(odd, sine, cosine), torch.where(odd, cosine, sine)"),
    ("radius = root(-2.0 * log_unit(unit(first)))", "radius = root(-log_unit(unit(first)))"),
    ("exponent = (bits >> 52) - 1022", "exponent = (bits >> 52) - 1023"),
    ("self.key = (seed & WORD, seed >> 32)", "self.key = (seed & WORD, seed & WORD)"),
]

DATA = [
    ("self.ready[player] = (number, *self.draw(player, times))",
     "self.ready[player] = (number, *self.draw(player, range(self.ahead)))"),
    ("return ((x - self.center) / self.scale).to(self.dtype)",
     "return ((x - self.center) * self.scale).to(self.dtype)"),
    ("return (2.0 * u - 1.0).to(self.dtype)", "return u.to(self.dtype)"),
    ("return self.data(FOR_D, times, steps), self.noise(Purpose.NOISE_FOR_D, times, steps)",
     "return self.data(FOR_D, times, steps), self.noise(Purpose.NOISE_FOR_G, times, steps)"),
    ("data = self.data(FOR_G, times) if self.G_sees_data else None",
     "data = self.data(FOR_D, times) if self.G_sees_data else None"),
    ("return data[t % self.ahead, step], noise[t % self.ahead, step]",
     "return data[t % self.ahead, 0], noise[t % self.ahead, 0]"),
]

RECIPE = [
    ("if any(not 1 <= w <= 4096 for w in value):", "if any(not 0 <= w <= 4096 for w in value):"),
    ("right = right and low <= value <= min(high, sys.float_info.max)  # and so not nan",
     "right = right and not value < low and not value > min(high, sys.float_info.max)"),
    ("if not right or (below and value == high):", "if not right:"),
    ("lambda r: some(r.clip) and r.spectral,", "lambda r: False,"),
    ("lambda r: some(r.smoothing) and not LOSSES[r.loss].labels,",
     "lambda r: some(r.smoothing) and LOSSES[r.loss].labels,"),
    ("lambda r: r.m % r.packing,", "lambda r: r.m < r.packing,"),
    ("return next((n for n, v in lists.items() if len(v) != recipe.members), None)",
     "return next((n for n, v in lists.items() if len(v) > recipe.members), None)"),
    ("return self.seed if own else tuple(range(self.seed, self.seed + self.members))",
     "return self.seed if own else (self.seed,) * self.members"),
]

HISTORY = [
    ("vars(self).update(copy.deepcopy(self.snapshots[start]))",
     "vars(self).update(self.snapshots[start])"),
    ("for move in self.moves[start:count]:", "for move in self.moves[start + 1 : count]:"),
    ("del self.moves[count:]", "del self.moves[count + 1 :]"),
    ('ends = [0] + [i + 1 for i, move in enumerate(self.moves) if move == "G"]',
     'ends = [0] + [i for i, move in enumerate(self.moves) if move == "G"]'),
    ("self.remember(changes)", "pass"),
    ("super().change(**move)", "super().change()"),
]

TRAINING = [
    ("return value * (1.0 - self.share_done)", "return value * self.share_done"),
    ("return value * 0.5 * (1.0 + math.cos(math.pi * self.share_done))",
     "return value * (1.0 + math.cos(math.pi * self.share_done))"),
    ("self.steps, self.turn = self.steps + 1, \"D\"", "self.steps, self.turn = 1, \"D\""),
    ("real, fake = self.given_to_D(real, fake, BLUR_FOR_D, self.steps)",
     "real, fake = self.given_to_D(fake, real, BLUR_FOR_D, self.steps)"),
    ("loss, penalty = self.cost_of_D(self.D, real, fake, (Purpose.BETWEEN_FOR_D, self.steps))",
     "loss, penalty = self.cost_of_D(self.D, fake, real, (Purpose.BETWEEN_FOR_D, self.steps))"),
    ("loss, penalty = self.cost_of_D(self.D, real, fake, (Purpose.BETWEEN_FOR_D, self.steps))",
     "loss, penalty = self.cost_of_D(self.D, real, fake, (Purpose.BETWEEN_FOR_D, 0))"),
    ('return self.descend(self.D, self.optimizer_D, "lr_D", loss, loss + penalty)',
     'return self.descend(self.D, self.optimizer_D, "lr_D", loss, loss - penalty)'),
    ('return self.descend(self.D, self.optimizer_D, "lr_D", loss, loss + penalty)',
     'return self.descend(self.D, self.optimizer_D, "lr_G", loss, loss + penalty)'),
    ("loss = LOSSES[self.recipe.loss].D(logit[:, :m], logit[:, m : 2 * m])",
     "loss = LOSSES[self.recipe.loss].D(logit[:, :m], logit[:, m:])"),
    ("loss = loss + softened(logit[:, :m], smoothing)",
     "loss = loss + softened(logit[:, m : 2 * m], smoothing)"),
    ("costs = (g * PENALTIES[n].of(at[PENALTIES[n].at]) for n, g in strengths.items())",
     'costs = (g * PENALTIES[n].of(at["real"]) for n, g in strengths.items())'),
    ("return u * real + (1.0 - u) * fake", "return u * real + u * fake"),
    ("return x if n == 1 else x.unflatten(1, (-1, n)).flatten(2)",
     "return x if n == 1 else x.unflatten(1, (n, -1)).transpose(1, 2).flatten(2)"),
    ('blend(self.average.flat, self.G.flat, 1.0 - self.number("ema"))',
     'blend(self.average.flat, self.G.flat, self.number("ema"))'),
    ("self.t, self.steps, self.turn = self.t + 1, 0, \"G\"",
     "self.t, self.steps, self.turn = self.t + 1, 1, \"G\""),
    ("real, fake = self.given_to_D(real, self.G(z), BLUR_FOR_G)",
     "real, fake = self.given_to_D(real, self.G(z).detach(), BLUR_FOR_G)"),
    ("real, fake = self.given_to_D(real, self.G(z), BLUR_FOR_G)",
     "real, fake = self.given_to_D(real, self.G(z), BLUR_FOR_D)"),
    ("gradient = torch.autograd.grad(cost, D.parameters, create_graph=True)",
     "gradient = [g.detach() for g in torch.autograd.grad(cost, D.parameters, create_graph=True)]"),
    ("D = D.moved([rate * g for g in gradient])", "D = D.moved([-rate * g for g in gradient])"),
    ("player.flat.sub_(optimizer.step(gradient, self.number(rate)))",
     "player.flat.add_(optimizer.step(gradient, self.number(rate)))"),
    ("bad = wrong | ~player.flat.isfinite().all(dim=1)", "bad = wrong"),
    ("undo = [i for i in new if wrong[i]]", "undo = list(new)"),
    ("player.flat[gone] = before[gone]", "player.flat[:] = before"),
    ("self.before = player, before", "self.before = player, player.flat.clone()"),
    ("return self.center + self.scale * G(z)", "return self.scale * G(z)"),
    ("if getattr(recipe, name) != getattr(self.recipe, name):", "if name not in vars(recipe):"),
    ("self.p_z = LATENTS[recipe.latent]  # of each coordinate of z",
     'self.p_z = LATENTS["gaussian"]'),
    ("return len(self.lost) == self.members", "return bool(self.lost)"),
]

MUTANTS = [
    Mutant(module, *pair)
    for module, pairs in (
        ("losses", LOSSES), ("optimizers", OPTIMIZERS), ("networks", NETWORKS),
        ("streams", STREAMS), ("data", DATA), ("recipe", RECIPE), ("history", HISTORY),
        ("training", TRAINING),
    )
    for pair in pairs
]

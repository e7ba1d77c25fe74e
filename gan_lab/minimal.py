"""The smallest true GAN: Algorithm 1 of Goodfellow et al. 2014 in plain torch, top to bottom.

    python -m gan_lab.minimal

trains it and says how far it has come. The data are one number, normal with mean 3 and standard
deviation ½; the noise is standard normal; both players are small networks. Nothing else of the
package is used here, and nothing of it uses this. `gan_lab.training` plays the same game by any
recipe, for many pairs at once, and a test holds its numbers to these. The book's chapter on
Figure 1 goes through the lines.
"""

import math
from types import SimpleNamespace

import torch
from torch import nn
from torch.nn.functional import softplus

MEAN, SD = 3.0, 0.5
"""The data's. Both players work in units of these, in which the data are standard normal."""

RECIPE = SimpleNamespace(
    iterations=150, k=20, m=256,  # k steps of D in each; m samples in a minibatch
    lr_D=4e-3, lr_G=6e-3, beta1=0.0, beta2=0.99,  # Adam's
    r1=0.005, r2=0.005,  # what the steepness of D costs: at the data, at the samples of G
)  # fmt: skip
"""The settings. A `gan_lab.Recipe` has numbers of the same names, and may take its place."""


def network(width=48):
    """One number in, one number out."""
    return nn.Sequential(
        nn.Linear(1, width),
        nn.SiLU(),
        nn.Linear(width, width),
        nn.SiLU(),
        nn.Linear(width, 1),
    ).double()


def V_hat(real, fake):
    """V(G, D) on a minibatch, from the logits."""
    return -softplus(-real).mean() - softplus(fake).mean()


def steepness(logit, x):
    """Half the mean square slope of the logit at x."""
    (slope,) = torch.autograd.grad(logit.sum(), x, create_graph=True)
    return slope.square().mean() / 2


def algorithm_1(G, D, draw, recipe, iterations):
    """k steps of D, one of G, again and again; yields t after each."""
    betas = (recipe.beta1, recipe.beta2)
    move_D = torch.optim.Adam(D.parameters(), recipe.lr_D, betas)
    move_G = torch.optim.Adam(G.parameters(), recipe.lr_G, betas)
    for t in range(iterations):
        fade = (1 + math.cos(math.pi * t / recipe.iterations)) / 2
        move_D.param_groups[0]["lr"] = recipe.lr_D * fade
        move_G.param_groups[0]["lr"] = recipe.lr_G * fade
        for step in range(recipe.k):
            x = draw("data for D", t, step).requires_grad_()
            z = draw("noise for D", t, step)
            g = G(z).detach().requires_grad_()
            real, fake = D(x), D(g)
            loss = -V_hat(real, fake)
            loss = loss + recipe.r1 * steepness(real, x)
            loss = loss + recipe.r2 * steepness(fake, g)
            move_D.zero_grad()
            loss.backward()
            move_D.step()
        z = draw("noise for G", t, 0)
        loss = softplus(-D(G(z))).mean()
        move_G.zero_grad()
        loss.backward()
        move_G.step()
        yield t + 1


def minibatch(what, t, step):
    """A new minibatch, of "data for D", "noise for D" or "noise for G": all are standard normal.

    Whoever repeats somebody else's run looks up what was drawn there in iteration t, at this step.
    """
    return torch.randn(RECIPE.m, 1, dtype=torch.float64)


def how_far(G, D):
    """Mean and sd of p_G, its W1 distance from the data, and V, at 10 000 equally probable z."""
    share = (torch.arange(10_000, dtype=torch.float64)[:, None] + 0.5) / 10_000
    z = torch.special.ndtri(share)  # in D's units the data are here too
    with torch.no_grad():
        x = G(z)
        V = V_hat(D(z), D(x))
    distance = (x.sort(0).values - z).abs().mean()
    return [n.item() for n in (MEAN + SD * x.mean(), SD * x.std(), SD * distance, V)]


def main(iterations=RECIPE.iterations):
    """Train, and print rows of numbers that come nearer to those of the first row."""
    torch.manual_seed(0)
    G, D = network(), network()
    row = "{:>9}  {:>6}  {:>6}  {:>6}  {:>7}"
    numbers = "{:>9}  {:6.3f}  {:6.3f}  {:6.4f}  {:7.4f}"
    print(row.format("iteration", "mean", "sd", "W1", "V(G, D)"))
    print(numbers.format("the goal", MEAN, SD, 0, -math.log(4)))
    print(numbers.format(0, *how_far(G, D)))
    for t in algorithm_1(G, D, minibatch, RECIPE, iterations):
        if t in (1, 2, 3, 5, 10, 20, 50, 100, iterations):
            print(numbers.format(t, *how_far(G, D)), flush=True)


if __name__ == "__main__":
    main()

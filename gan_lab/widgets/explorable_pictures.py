"""Stills of what a reader moves in an explorable: for where no widget can be shown."""

import math

import numpy as np


def picture_of_pointwise(ax, a, b, y):
    """v over (0, 1) with its top, where there is one, and the reader's y."""
    from gan_lab.plots import PALETTE

    ys = np.linspace(0.001, 0.999, 999)
    blue = PALETTE["D"]["color"]
    ax.plot(ys, a * np.log(ys) + b * np.log1p(-ys), color=blue)
    if a + b > 0:
        ax.axvline(a / (a + b), color=PALETTE["D_star"]["color"], label=f"D* = {a / (a + b):.3f}")
        ax.legend(frameon=False)
    ax.plot([y], [-2.4], "^", color=blue, clip_on=False)
    ax.set(xlim=(0, 1), ylim=(-2.4, 0.05), xlabel="y = D(x)", ylabel="v(y) in nats")


def picture_of_pair(ax, data, mu, sigma, D, alpha, c):
    """Both densities and the discriminator; the title says C(G) and, for one's own D, V(G, D)."""
    from scipy.special import expit

    from gan_lab.plots import style
    from gan_lab.theory import V, optimal_logit

    p_data, p_g = pair_of_distributions(data, mu, sigma)
    best = optimal_logit(p_data, p_g)

    def own(x):
        return alpha * (x - c)

    x = np.linspace(-6, 6, 481)
    shown = expit(own(x)) if D == "own" else expit(best(x))
    curves = {"p_data": p_data.pdf(x), "p_g": p_g.pdf(x), "D": shown}
    names = {"p_data": "p_data", "p_g": "p_G", "D": "D" if D == "own" else "D = D*"}
    for role, values in curves.items():
        ax.plot(x, values, label=names[role], **style(role))
    ax.set(xlim=(-6, 6), ylim=(0, 1.02), xlabel="x")
    ax.legend(frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, 1.02))
    most = V(best, p_data, p_g).value
    mine = f", V(G, D) = {V(own, p_data, p_g).value:.3f}" if D == "own" else ""
    title = f"C(G) = {most:.3f}{mine}; -log 4 = {-math.log(4):.3f}"
    ax.set_title(title.replace("-", "\N{MINUS SIGN}"))


def picture_of_fits(ax, divergence, a):
    """The data and the best fit; the title says how far apart they are."""
    from gan_lab.plots import style
    from gan_lab.theory import gaussian, mixture
    from gan_lab.theory.fits import best_fits

    best = best_fits(divergence, a).best
    x = np.linspace(-10, 10, 801)
    data = mixture([gaussian(-a, 1), gaussian(a, 1)])
    ax.plot(x, data.pdf(x), label="data p", **style("p_data"))
    ax.plot(x, gaussian(best.mean, best.sd).pdf(x), label="best q", **style("p_g"))
    ax.set(xlim=(-10, 10), ylim=(0, 0.42), xlabel="x")
    ax.legend(frameon=False, ncols=2, loc="upper center")
    ax.set_title(f"{divergence}: N({best.mean + 0:.2f}, {best.sd:.2f}²) at {best.value:.3f} nats")


def picture_of_likelihood(ax, data, n, mu, sigma, seed):
    """Data and model; the title says the sum."""
    from gan_lab.plots import style
    from gan_lab.theory import kl

    p, q = pair_of_distributions(data, mu, sigma)
    x = np.linspace(-6, 6, 481)
    ax.plot(x, p.pdf(x), label="data p", **style("p_data"))
    ax.plot(x, q.pdf(x), label="model q", **style("p_g"))
    ax.set(xlim=(-6, 6), ylim=(0, 0.6), xlabel="x")
    ax.legend(frameon=False, ncols=2, loc="upper center")
    variance = p.sd**2 + (p.mean - mu) ** 2
    cross = math.log(sigma * math.sqrt(2 * math.pi)) + variance / (2 * sigma**2)
    apart = kl(p, q).value
    ax.set_title(f"H(p, q) = {cross:.3f} = H(p) + KL = {cross - apart:.3f} + {apart:.3f} nats")


def picture_of_elbo(ax, m, t, x, s):
    """Prior, posterior and q over z; the title says what q makes of log p(x)."""
    from gan_lab.plots import style
    from gan_lab.theory import gaussian
    from gan_lab.theory.elbo import linear_gaussian_elbo

    found, z = linear_gaussian_elbo(x, 1.0, s, m, t), np.linspace(-4, 4, 801)
    ax.plot(z, gaussian(0, 1).pdf(z), label="prior p(z)", **style("floor"))
    ax.plot(z, gaussian(found.mean, found.sd).pdf(z), label="p(z | x)", **style("p_data"))
    ax.plot(z, gaussian(m, t).pdf(z), label="q", **style("p_g"))
    ax.set(xlim=(-4, 4), ylim=(0, 1.3), xlabel="z")
    ax.legend(frameon=False, ncols=3, loc="upper center")
    title = f"log p(x) = {found.log_p:.3f}, ELBO = {found.elbo:.3f}: {found.gap:.3f} nats apart"
    ax.set_title(title.replace("-", "\N{MINUS SIGN}"))


def picture_of_supports(ax, theta, sigma):
    """Both boxes and the best discriminator; the title says how far apart they are."""
    from gan_lab.plots import style
    from gan_lab.theory.supports import apart, noisy_box

    x = np.linspace(-6, 6, 1201)
    p, q = (noisy_box(x - at, max(sigma, 1e-3)) for at in (0, theta))
    ax.plot(x, p, label="data p", **style("p_data"))
    ax.plot(x, q, label="q", **style("p_g"))
    there = p + q > 1e-12
    D = np.divide(p, p + q, out=np.full_like(p, np.nan), where=there)
    ax.plot(x, D, label="D*", **style("D"))
    ax.set(xlim=(-6, 6), ylim=(0, 1.25), xlabel="x")
    ax.legend(frameon=False, ncols=3, loc="upper center")
    found = apart(theta, sigma)
    ax.set_title(f"JSD = {found.jsd:.3f} nats, W1 = {found.w1:.2f}")


def picture_of_two_numbers(ax, game, order, theta, psi, h, beta, gamma):
    """The path; the title says what the eigenvalues say."""
    from gan_lab.plots import MUTED
    from gan_lab.theory.two_numbers import radius, trajectory

    how = {"h": h, "beta": beta, "gamma": gamma, "alternating": order == "alternating"}
    points = trajectory(game, (theta, psi), 300, **how)
    ax.plot(*points.T, ".-", lw=0.8, ms=4, color=MUTED)
    field_axes(ax, theta, psi)
    ax.set_title(f"{game}, {order}: largest modulus {radius(game, **how):.4f}")


def picture_of_in_or_out(ax, question, **answers):
    """The start alone: what the game does is to be predicted."""
    theta, psi = (1, 0) if question in "12" else (1, 1)
    field_axes(ax, theta, psi)
    ax.set_title(f"game {question}: does it come in, go around or leave?")


def field_axes(ax, theta, psi):
    """The plane of both numbers with the start and the centre."""
    from gan_lab.plots import PALETTE

    ax.plot([theta], [psi], "o", color=PALETTE["p_g"]["color"])
    ax.plot([0], [0], "+", ms=10, color=PALETTE["p_data"]["color"])
    ax.set(xlim=(-3, 3), ylim=(-3, 3), xlabel="θ, moved by G", ylabel="ψ, moved by D")


def pair_of_distributions(data: str, mu: float, sigma: float):
    """(p_data, p_G) of `pair` as densities of `gan_lab.theory`."""
    from gan_lab.theory import gaussian, mixture

    modes = mixture([gaussian(-2, 0.5), gaussian(2, 0.5)])
    return (gaussian(0, 1) if data == "gaussian" else modes), gaussian(mu, sigma)

"""What the chapters of the book are called to which the package leads."""

CHAPTERS = {
    "what_is_a_generative_model": "What is a generative model?",
    "the_game": "The game",
    "best_discriminator": "The best discriminator",
    "what_the_generator_minimises": "What the generator minimises",
    "figure_1": "Figure 1, from a real run",
    "many_gans": "A hundred GANs at once",
    "generator_losses": "Three games for the generator",
    "divergences": "Which mistakes a divergence forgives",
    "supports": "When supports do not meet",
    "is_my_curve_normal": "Is my curve normal?",
    "convergence": "Does it converge?",
    "family": "A family of games",
    "finite_data": "Finite data",
    "pictures": "Pictures",
    "likelihood_models": "Likelihood models that one can hold in the hand",
    "today": "Where GANs are now",
}
"""Their titles by the names of their pages."""

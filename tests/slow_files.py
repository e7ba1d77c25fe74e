"""What `make check` leaves out: files whose tests take more than a second of processor time, or
that nobody has measured yet. `make test` runs them all. `test_layers`, `test_recipe` and
`test_docstrings` stay, which say at once what a change of the house breaks.

`python -m pytest --durations=10 FILE` says what a file takes; a file that is not named here is run.
"""

WITHOUT_ROOM = """
    archive asked_numbers asked_of_losses bad_input benchmarks bugs checkers colab face
    first_predictions gpu images makefile minimal mutants
    optimum outlines plane plots processors
"""
ROOMS = {
    "book": """
        accessibility architecture citations downloads experiments figure_1 lab_page ledger_page
        needs numbers on_paper package page_script pages readable recipe_fields repository runs
        set_up sheets stale teachers ten_seeds theorems twins unbroken
    """,
    "core": """
        ambient
    """,
    "metrics": """
        digit_classifier frechet gaussian_limit held_out manifolds pictures wasserstein
        what_is_taken
    """,
    "recording": """
        file_format films frames image_recordings panels recording recording_plane round_trips
    """,
    "sweeps": """
        advice collapse critics curves digit_games executors finite_data grid kept_runs
        likelihood_models many_seeds penalties practice refiner_record rejection today which_gamma
    """,
    "theory": """
        dirac_eigenvalues divergences flow_step frozen_gradient honest ledger linear_discriminator
        median_interval mesh overshoot proposition_1 proposition_2 push_forward quadrature r1_steps
        silent_eigenvalues smooth_push_forward spiral_or_orbit stated_errors steps_at_rest tails
        theorem_1 unequal_priors weight_constraints
    """,
    "training": """
        backends change costs dirac_gan jacobian likelihood loop members own_loss resting rewind
        saved stacks stopping
    """,
    "widgets": """
        add_a_field add_a_loss add_data beside_in_a_browser by_matplotlib controls copied_python
        curves_page explore explore_by_finger explore_by_hand explore_critic explore_euler
        explore_fits explore_game
        explore_likelihood explore_losses explore_supports explore_two_numbers explore_what_ails_it
        explore_which_gamma front_end in_a_kernel in_jupyter interrupts javascript lab
        lab_in_a_browser lab_of_pictures live one_file_in_a_browser optima outlines_in_page
        picture_recordings pictures_in_a_browser pictures_in_jupyter plane_in_a_browser
        plane_recordings player_in_a_browser points_in_a_browser predictions present_in_a_browser
        recipe_in_page recordings_in_javascript session sight slow_motion_in_a_browser
        smooth_sight stage standstill_in_a_browser stills trainer traits who_answers_in_a_browser
        words_of_pictures worker_in_a_browser
    """,
}
SLOW = frozenset(
    [f"test_{name}.py" for name in WITHOUT_ROOM.split()]
    + [f"{room}/test_{name}.py" for room, names in ROOMS.items() for name in names.split()]
)

QUICK_IN_NODE = frozenset(
    """
    address format frame_rate kernel labels link paired_source recording rules sources
""".split()
)
"""Of the files in `tests/js` those that `make check` runs."""

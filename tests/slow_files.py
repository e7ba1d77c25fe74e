"""What `make check` leaves out: files whose tests take more than three seconds of
processor time, or that nobody has measured yet. `make test` runs them all.

`python -m pytest --durations=10 FILE` says what a file takes; a file that is not named here is run.
"""

WITHOUT_ROOM = """
    archive bad_input benchmarks checkers colab face gpu makefile minimal mutants optimum
    outlines plots processors
"""
ROOMS = {
    "book": """
        accessibility architecture citations downloads experiments figure_1 lab_page
        ledger_page numbers package page_script pages readable recipe_fields
        repository set_up stale theorems twins unbroken
    """,
    "core": """
        ambient
    """,
    "metrics": """
        frechet gaussian_limit held_out manifolds pictures wasserstein what_is_taken
    """,
    "recording": """
        films file_format frames image_recordings panels recording recording_plane round_trips
    """,
    "sweeps": """
        collapse critics executors finite_data grid kept_runs penalties today which_gamma
    """,
    "theory": """
        dirac_eigenvalues divergences flow_step frozen_gradient honest ledger linear_discriminator
        median_interval mesh overshoot
        proposition_1 proposition_2 push_forward quadrature r1_steps silent_eigenvalues
        smooth_push_forward spiral_or_orbit stated_errors steps_at_rest tails theorem_1
        unequal_priors
    """,
    "training": """
        backends costs dirac_gan jacobian loop members resting rewind stacks stopping
    """,
    "widgets": """
        add_a_field beside_in_a_browser explore_critic by_matplotlib copied_python explore
        explore_by_hand explore_euler explore_two_numbers explore_which_gamma
        in_a_kernel in_jupyter interrupts lab lab_in_a_browser lab_of_pictures live optima
        outlines_in_page pictures_in_a_browser plane_in_a_browser plane_recordings
        player_in_a_browser recipe_in_page
        recordings_in_javascript session sight slow_motion_in_a_browser smooth_sight
        stage standstill_in_a_browser stills trainer who_answers_in_a_browser
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

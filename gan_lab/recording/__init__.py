"""What can be seen of a game: at one moment, over time, in a file, as the paper's panels."""

from gan_lab.core.lazy import public

__getattr__, __dir__, __all__ = public(
    __name__,
    {
        "frames": ["TURNS", "Frame", "axis", "frame_of"],
        "plane": ["QuickFrame", "quick_frame", "frame_in_plane"],
        "images": ["ImageFrame", "ImageRecording", "image_frame"],
        "plane_frames": ["PlaneFrame"],
        "recording": ["Recording", "load", "record", "watch"],
        "panels": ["figure_1_panels"],
    },
)

"""A recording as a page holds it, in text; `front_end/recording/packed.js` reads it."""

import base64
import gzip


def page_text(data: bytes) -> str:
    """Base64 of what gzip makes of bytes, those at even places before those at odd ones.

    The low bytes of levels of 16 bits are alike among themselves, and so are the high ones.

    Examples
    --------
    >>> from gan_lab.recording.for_a_page import page_text
    >>> len(page_text(bytes(3000))) < 100
    True
    """
    return base64.b64encode(gzip.compress(data[::2] + data[1::2], mtime=0)).decode("ascii")

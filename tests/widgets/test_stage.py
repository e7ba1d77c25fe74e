"""What a player hands to a notebook and to a page."""

import base64
import gzip
import re

import pytest
from games import small_recording

from gan_lab.widgets import Player, play


def test_a_page_gets_html_only_and_the_recording_is_in_it(monkeypatch):
    monkeypatch.setenv("GAN_LAB_STATIC", "1")
    recording = small_recording()
    bundle = play(recording, caption="a < b & c")._repr_mimebundle_()
    assert list(bundle) == ["text/html"]
    html = bundle["text/html"]
    (held,) = re.findall(r'<script type="application/octet-stream">([^<]*)</script>', html)
    data, apart = recording.to_bytes(quantised=True), gzip.decompress(base64.b64decode(held))
    assert apart == data[::2] + data[1::2]
    assert '<figure class="gan-lab" data-gan-lab="recording">' in html
    assert "<figcaption>a &lt; b &amp; c</figcaption>" in html
    assert "<noscript>" in html and "GanLab.mountAll()" in html


def test_autoplay_is_asked_for(monkeypatch):
    monkeypatch.setenv("GAN_LAB_STATIC", "1")
    assert " data-autoplay>" in Player(small_recording(), autoplay=True).html()
    assert "data-autoplay" not in Player(small_recording()).html()


def test_a_notebook_gets_the_widget_a_still_and_words(monkeypatch):
    monkeypatch.delenv("GAN_LAB_STATIC", raising=False)
    player = play(small_recording())
    data, _ = player._repr_mimebundle_()
    assert set(data) == {
        "application/vnd.jupyter.widget-view+json",
        "image/png",
        "text/plain",
    }
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert "7 frames" in data["text/plain"]


def test_the_widget_carries_the_bytes_and_is_made_once():
    recording = small_recording()
    player = Player(recording, autoplay=True, caption="look")
    widget = player.widget()
    assert widget is player.widget()
    assert widget.recording == recording.to_bytes(quantised=True)
    assert (widget.autoplay, widget.caption) == (True, "look")
    assert widget.recording is not Player(recording).widget().recording
    widget.close()


def test_bytes_cross_to_the_page_as_a_buffer_and_not_as_text():
    from ipywidgets.widgets.widget import _remove_buffers

    widget = Player(small_recording()).widget()
    state, paths, buffers = _remove_buffers(widget.get_state())
    assert "recording" not in state and ["recording"] in paths
    assert small_recording().to_bytes(quantised=True) in [bytes(b) for b in buffers]


@pytest.mark.parametrize("wrong", [3, None, "run.ganrec", b"GANREC"])
def test_only_a_recording_is_played(wrong):
    with pytest.raises(ValueError, match="shows a Recording, and got .*: make one with"):
        play(wrong)


def test_a_caption_is_text():
    with pytest.raises(ValueError, match="caption is text, and got 3"):
        play(small_recording(), caption=3)

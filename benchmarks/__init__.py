"""What was measured, and how to measure it again.

A file here is run by its name (`python benchmarks/speed.py`) and finds its neighbours beside it.
`benchmarks.gpu` imports some of them: so they find theirs then too.
"""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent))

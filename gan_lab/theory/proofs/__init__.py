"""What the book proves, as claims that are checked: `LEDGER` holds them, `check` checks one, `rows`
those of a chapter."""

from gan_lab.theory.proofs.claim import Claim, Report, check
from gan_lab.theory.proofs.ledger import LEDGER, rows

__all__ = ["LEDGER", "Claim", "Report", "check", "rows"]

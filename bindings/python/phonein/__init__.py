"""The keyring of a smart intercom: make a key, send it as a link, open a door.

Begin with `Phonein.open`. Records, enums and errors are those of the core, word for word; what takes time is awaited, and
what goes on for a while (`changes`, `press`, `pair`) is read with `async for`.
"""

from .generated.phonein_core import *  # noqa: F403
from .generated.phonein_core import __all__ as _generated
from .heard import Heard
from .phone import Phonein

__all__ = [*_generated, "Heard", "Phonein"]  # noqa: PLE0604

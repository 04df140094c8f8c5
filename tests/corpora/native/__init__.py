"""Writers of the sample's native exports: a module a place, each with `FORMS`, the forms that it writes by their names."""

from __future__ import annotations

import importlib
import pkgutil

from ._form import NATIVE, SAMPLE, Form, chosen, rows

__all__ = ["NATIVE", "SAMPLE", "Form", "chosen", "forms", "rows"]


def forms() -> dict[str, Form]:
    """Return all forms by the names of their folders, ``place-form``."""
    places = sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_"))
    modules = {place: importlib.import_module(f"{__name__}.{place}") for place in places}
    return {f"{place}-{name}": form for place, module in modules.items() for name, form in module.FORMS.items()}

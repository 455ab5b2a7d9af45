"""Arrays under names as one pointer.

Numba passes a named tuple by value, field by field: with two hundred arrays a call of three lines takes seconds to
compile. A handle is the address of a table of its fields, laid out as Numba lays out a structure of them, and counts no
references: whoever makes one keeps it, and it keeps the arrays.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final, NamedTuple, TypeVar, cast

import numpy as np
from llvmlite import ir
from numba import njit, typeof, types
from numba.core import cgutils
from numba.core.extending import (
    NativeValue,
    models,
    register_model,
    typeof_impl,
    unbox,
)
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate
from numba.extending import infer_getattr

Table = TypeVar("Table")
kernel: Final = partial(
    njit, cache=True, error_model="numpy", _nrt=False
)  # nothing here allocates, so nothing need count references


class Fields(types.Type):
    """The table itself."""

    def __init__(self, fields: tuple[tuple[str, Any], ...]) -> None:
        self.fields = fields
        super().__init__(name=f"Fields{fields}")


class View(types.Type):
    """Its address."""

    def __init__(self, fields: tuple[tuple[str, Any], ...]) -> None:
        self.fields = fields
        super().__init__(name=f"View{fields}")


@register_model(Fields)
class _FieldsModel(models.StructModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, list(kind.fields))


@register_model(View)
class _ViewModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Any) -> None:
        super().__init__(manager, kind, ir.IntType(8).as_pointer())


class Handle:
    """A table of fields, and the arrays that it points to."""

    def __init__(self, arrays: NamedTuple) -> None:
        self.arrays = arrays
        pairs = zip(arrays._fields, arrays, strict=True)
        self.kind = View(tuple((name, typeof(value)) for name, value in pairs))
        self.table = np.array([word for value in arrays for word in _words(value)], dtype=np.int64)
        self.address = int(self.table.ctypes.data)


def handle(arrays: Table) -> Table:
    """What the kernel takes for a named tuple of arrays and numbers; inside it has the same fields."""
    return cast(Table, Handle(cast(NamedTuple, arrays)))


def _words(value: Any) -> list[int]:
    """A value as Numba keeps it: a number, or count, item size, address, shape and strides of an array."""
    if isinstance(value, np.ndarray):
        return [0, 0, value.size, value.itemsize, int(value.ctypes.data), *value.shape, *value.strides]
    return [int(np.float64(value).view(np.int64)) if isinstance(value, float) else int(value)]


@typeof_impl.register(Handle)
def _typeof(value: Handle, context: Any) -> Any:
    return value.kind


@unbox(View)
def _unbox(kind: Any, value: Any, c: Any) -> Any:
    held = c.pyapi.object_getattr_string(value, "address")
    address = c.pyapi.long_as_voidptr(held)
    c.pyapi.decref(held)
    return NativeValue(c.builder.bitcast(address, ir.IntType(8).as_pointer()))


@infer_getattr
class _Attributes(AttributeTemplate):
    key = View

    def generic_resolve(self, kind: Any, name: str) -> Any:  # type: ignore[override]
        return dict(kind.fields).get(name)


@lower_getattr_generic(View)
def _get(context: Any, builder: Any, kind: Any, address: Any, name: str) -> Any:
    proxy = cgutils.create_struct_proxy(Fields(kind.fields), kind="data")
    layout = proxy(context, builder)._be_type.as_pointer()
    return getattr(proxy(context, builder, ref=builder.bitcast(address, layout)), name)

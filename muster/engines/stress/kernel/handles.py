"""Arrays under names as one pointer.

Numba passes a named tuple by value, field by field: with two hundred arrays a call of three lines takes seconds to
compile. A structure is passed as one pointer. Its arrays are borrowed (they count no references, which would cost more
than most of what is done with them): whoever makes a handle keeps the tuple as long as it is in use.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from llvmlite import ir
from numba import njit, typeof, types
from numba.core.extending import intrinsic
from numba.experimental import structref


@structref.register
class Handle(types.StructRef):
    """A structure; its fields are those of the named tuple from which it is made."""

    def preprocess_fields(self, fields: Any) -> Any:
        """Whole types, not those of single values."""
        return tuple((name, types.unliteral(kind)) for name, kind in fields)


class _Proxy(structref.StructRefProxy):
    """What Python sees of it."""


structref.define_boxing(Handle, _Proxy)


@intrinsic
def borrowed(context: Any, value: Any) -> Any:
    """The same array without a count of references; any other value as it is."""

    def build(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        if not isinstance(signature.args[0], types.Array):
            return arguments[0]
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        array.meminfo = ir.Constant(array.meminfo.type, None)
        array.parent = ir.Constant(array.parent.type, None)
        return array._getvalue()

    return value(value), build


_MAKERS: dict[Any, Any] = {}


def handle(arrays: NamedTuple) -> Any:
    """A structure with the fields of a named tuple; valid as long as the tuple is."""
    kind = Handle([(name, typeof(value)) for name, value in zip(arrays._fields, arrays, strict=True)])
    if kind not in _MAKERS:
        _MAKERS[kind] = _maker(type(arrays).__name__, kind, arrays._fields)
    return _MAKERS[kind](arrays)


def _maker(name: str, kind: Any, fields: tuple[str, ...]) -> Any:
    """A function that fills one; written out, since compiled code knows fields by their names only."""
    lines = [f"def make_{name}(given):", "    made = new(kind)"]
    lines += [f"    made.{field} = borrowed(given.{field})" for field in fields]
    scope = {"new": structref.new, "kind": kind, "borrowed": borrowed, "__name__": __name__}
    exec(compile("\n".join([*lines, "    return made"]), __file__, "exec"), scope)  # noqa: S102
    return njit(cache=True)(scope[f"make_{name}"])

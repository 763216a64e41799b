"""How a handler is called: what its first parameter is given, and whether it is awaited."""

from __future__ import annotations

from ._errors import StartFailure, relative
from ._native import Event, Invocation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

CONFIG_ERROR = "FunctionConfigError"
_VARIADIC = 0x04
_COROUTINE = 0x80
_FUNCTION = type(lambda: None)


class Call:
    """A function of the user's, with what is known of it before it is called."""

    __slots__ = ("function", "is_async", "read")

    def __init__(self, function: Callable[..., Any], is_async: bool, read: Callable[[Invocation], Any]) -> None:
        self.function = function
        self.is_async = is_async
        self.read = read


def prepare_handler(handler: Callable[..., Any]) -> Call:
    _check_arity(handler, 2, "handler", "event, context")
    return Call(handler, _is_async(handler), _reader(handler))


def prepare_hook(function: Callable[..., Any], role: str, prefix: str) -> Call:
    """Of what is called outside invocations."""
    _check_arity(function, 1, role, "context", prefix)
    return Call(function, _is_async(function), Invocation.event)


def _check_arity(function: Callable[..., Any], wanted: int, role: str, parameters: str, prefix: str = "") -> None:
    if type(function) is _FUNCTION:
        code = function.__code__
        needed = code.co_argcount - len(function.__defaults__ or ())
        most = wanted if code.co_flags & _VARIADIC else code.co_argcount
        keywords = code.co_kwonlyargcount - len(function.__kwdefaults__ or ())
        if needed <= wanted <= most and keywords == 0:
            return
        count = code.co_argcount
    else:
        count = _count_parameters(function, wanted)
        if count == wanted:
            return
    plural = "" if wanted == 1 else "s"
    name = getattr(function, "__name__", "handler")
    raise StartFailure(
        CONFIG_ERROR,
        f"{role} expect to have {wanted} parameter{plural}, but received {count}{_place(function)}; write"
        f" def {name}({parameters})",
        prefix=prefix,
    )


def _count_parameters(function: Callable[..., Any], wanted: int) -> int:
    """`wanted` if it can be called with as many arguments, else how many it has."""
    from inspect import signature

    try:
        parameters = signature(function)
    except (TypeError, ValueError):
        return wanted  # Written in C, with nothing to be known.
    try:
        parameters.bind(*[None] * wanted)
    except TypeError:
        return len(parameters.parameters)
    return wanted


def _place(function: Callable[..., Any]) -> str:
    code = getattr(_innermost(function), "__code__", None)
    return "" if code is None else f" ({relative(code.co_filename)}, line {code.co_firstlineno})"


def _is_async(function: Callable[..., Any]) -> bool:
    if type(function) is _FUNCTION:
        return bool(function.__code__.co_flags & _COROUTINE)
    from inspect import iscoroutinefunction

    return iscoroutinefunction(function) or iscoroutinefunction(type(function).__call__)


def _innermost(function: Any) -> Any:
    """The function behind decorators, `functools.partial`, and objects that can be called."""
    for _ in range(100):
        inner = getattr(function, "__wrapped__", None) or getattr(function, "__func__", None)
        if inner is None and not hasattr(function, "__code__"):
            inner = getattr(function, "func", None) or getattr(type(function).__call__, "__func__", None)
            inner = inner or getattr(function.__call__, "__func__", None)
        if inner is None:
            break
        function = inner
    return function


def _reader(handler: Callable[..., Any]) -> Callable[[Invocation], Any]:
    annotation = _annotation(handler)
    if annotation is None:
        return Invocation.event
    if annotation is bytes:
        return lambda invocation: invocation.payload
    kinds = _event_classes(annotation)
    if not kinds:
        return Invocation.event
    # Of several the payload's shape decides.
    kind = getattr(kinds[0], "_kind", None) if len(kinds) == 1 else None
    return lambda invocation: invocation.typed_event(kind)


def _event_classes(annotation: Any) -> list[type[Event]]:
    """The event classes that an annotation names: itself, or those of a union."""
    if isinstance(annotation, type) and issubclass(annotation, Event):
        return [annotation]
    arguments = getattr(annotation, "__args__", ())
    return [one for one in arguments if isinstance(one, type) and issubclass(one, Event)]


def _annotation(handler: Callable[..., Any]) -> Any:
    """That of the parameter which gets the event."""
    function = _innermost(handler)
    code = getattr(function, "__code__", None)
    if code is None:
        return None
    names = code.co_varnames[: code.co_argcount]
    if names[:1] in (("self",), ("cls",)) and function is not handler:
        names = names[1:]
    annotation = _annotations(function).get(names[0]) if names else None
    return _evaluate(annotation, function) if isinstance(annotation, str) else annotation


def _annotations(function: Any) -> dict[str, Any]:
    try:
        return getattr(function, "__annotations__", None) or {}
    except NameError:
        # Since Python 3.14 they are evaluated when asked for; what is imported for type checkers only is not there.
        from annotationlib import Format, get_annotations  # type: ignore[import-not-found,unused-ignore]

        return dict(get_annotations(function, format=Format.STRING))


def _evaluate(annotation: str, function: Any) -> Any:
    try:
        return eval(annotation, function.__globals__)
    except Exception:
        # Perhaps imported under `if TYPE_CHECKING`.
        from . import events

        return getattr(events, annotation.strip("'\" ").rpartition(".")[2], None)

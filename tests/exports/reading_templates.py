"""Reading templates back: CloudFormation's functions and Terraform's texts, taken at their word."""

import re
from collections.abc import Mapping
from typing import Any, Final

import hcl2
from cfnlint.decode import cfn_yaml

_PLACE: Final = re.compile(r"\$\{(!?)([^}]*)\}")
_JSON: Final = re.compile(r"^  (\w+) = jsonencode\((\{\n.*?\n  \})\)$", re.DOTALL | re.MULTILINE)
_ESCAPE: Final = re.compile(
    r'\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|\\(["\\nrt])|(\$\$|%%)(?=\{)|\$\{([a-z_.]+)\}'
)
_MEANT: Final = {"n": "\n", "r": "\r", "t": "\t"}


def cloudformation(text: str) -> Any:  # noqa: ANN401 - a document of any form
    """Return the template as plain values, its functions in their long forms."""
    return _plain(cfn_yaml.loads(text))


def _plain(node: object) -> object:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(item) for item in node]
    return str(node) if isinstance(node, str) else node


class Stack:
    """A template in an account, with its parameters: what its properties come out as."""

    def __init__(self, template: Mapping[str, Any], account: str, **parameters: str) -> None:
        self.template = template
        defaults = {name: each["Default"] for name, each in template["Parameters"].items()}
        pseudo = {"AWS::AccountId": account, "AWS::Partition": "aws"}
        self.values = {**defaults, **pseudo, **parameters}

    def properties(self, resource: str) -> Any:  # noqa: ANN401 - as the template has them
        return self.resolved(self.template["Resources"][resource]["Properties"])

    def resolved(self, value: object) -> Any:  # noqa: ANN401 - a document of any form
        if isinstance(value, list):
            return [each for item in value if (each := self.resolved(item)) is not None]
        if not isinstance(value, dict):
            return value
        if len(value) == 1 and (function := self._function(*next(iter(value.items())))):
            return function[0]
        pairs = {key: self.resolved(each) for key, each in value.items()}
        return {key: each for key, each in pairs.items() if each is not None}

    def _function(self, name: str, given: Any) -> tuple[object] | None:  # noqa: ANN401
        """Return what the function comes to, in a tuple; None where ``name`` is none."""
        match name:
            case "Ref" if given == "AWS::NoValue":
                return (None,)
            case "Ref":
                return (self.values.get(given, {"Ref": given}),)
            case "Fn::Sub":
                return (_PLACE.sub(self._place, given),)
            case "Fn::Join":
                return (given[0].join(self.resolved(given[1])),)
            case "Fn::Split":
                return (self.resolved(given[1]).split(given[0]),)
            case "Fn::Select":
                return (self.resolved(given[1])[int(given[0])],)
            case "Fn::If":
                return (self.resolved(given[1 if self._holds(given[0]) else 2]),)
        return None

    def _place(self, found: re.Match[str]) -> str:
        return f"${{{found[2]}}}" if found[1] else self.values[found[2]]

    def _holds(self, condition: str) -> bool:
        [equals] = self.template["Conditions"][condition]["Fn::Not"]
        one, other = self.resolved(equals["Fn::Equals"])
        return bool(one != other)


def terraform(text: str) -> Any:  # noqa: ANN401 - a document of any form
    """Return a file of Terraform's as python-hcl2 reads it: texts still as they are written."""
    return hcl2.loads(text)


def terraform_json(text: str, **values: str) -> dict[str, Any]:
    """Return what ``jsonencode`` is given, by the attribute, with ``values`` of variables in it."""
    return {
        name: _meant(hcl2.loads(f"it = {literal}\n")["it"], values)
        for name, literal in _JSON.findall(text)
    }


def meant(literal: str, **values: str) -> str:
    """Return the text that a literal of Terraform's means."""
    assert literal[0] == literal[-1] == '"'
    return _ESCAPE.sub(lambda found: _sign(found, values), literal[1:-1])


def _meant(value: Any, values: Mapping[str, str]) -> Any:  # noqa: ANN401
    if isinstance(value, dict):
        return {
            key.strip('"'): _meant(each, values)
            for key, each in value.items()
            if not key.startswith("__")
        }
    if isinstance(value, list):
        return [_meant(item, values) for item in value]
    if value.startswith('"'):
        return meant(value, **values)
    return values[value.removeprefix("${").removesuffix("}").removeprefix("var.")]


def _sign(found: re.Match[str], values: Mapping[str, str]) -> str:
    short, long, letter, doubled, place = found.groups()
    if short or long:
        return chr(int(short or long, 16))
    if place:
        return values[place.removeprefix("var.")]
    return _MEANT.get(letter, letter) if letter else str(doubled)[0]

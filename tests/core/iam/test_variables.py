"""Policy variables. AWS "IAM policy elements: Variables and tags"."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.iam.context import ABSENT, PRESENT, UNKNOWN, Anything, Context, PartText, known
from app.core.iam.patterns import Glob
from app.core.iam.truth import Truth
from app.core.iam.variables import Unresolved, in_arn_prefix, parse_template, resolve

CONTEXT = Context(
    {
        "aws:username": known("jo"),
        "aws:principaltag/team": known("a*b"),
        "aws:tagkeys": known("x", "y"),
        "aws:sourceip": UNKNOWN,
        "aws:userid": PRESENT,
        "aws:none": ABSENT,
    }
)


@pytest.mark.parametrize(
    ("text", "glob"),
    [
        ("home/${aws:username}/*", Glob.of("home/jo/*")),
        ("${AWS:UserName}", Glob.of("jo")),
        ("${ aws:username }", Glob.of("jo")),
        # What comes out of a variable is no pattern.
        ("${aws:PrincipalTag/team}*", Glob(("a*b", *Glob.of("*").tokens))),
        ("${*}${?}${$}", Glob.literal("*?$")),
        ("${aws:none, 'all'}-x", Glob.of("all-x")),
        ("${aws:username, 'all'}", Glob.of("jo")),
        ("${aws:none, ''}x", Glob.of("x")),
        ("$ {aws:username}", Glob.of("$ {aws:username}")),
        ("${unclosed", Glob.of("${unclosed")),
    ],
)
def test_filled_in(text: str, glob: Glob) -> None:
    filled = resolve(parse_template(text, variables=True), CONTEXT, wildcards=True)
    assert isinstance(filled, Glob)
    assert "".join(map(str, filled.tokens)) == "".join(map(str, glob.tokens))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("${aws:none}", ()),
        ("${nothing}", ()),
        ("${}", ()),
        ("${aws:none, all}", ()),
        # "You can't use a multivalued context key as a policy variable."
        ("${aws:TagKeys}", ()),
        ("${aws:SourceIp}", ("aws:SourceIp",)),
        ("${aws:SourceIp, 'x'}", ("aws:SourceIp",)),
        ("${aws:userid}/${aws:username}", ("aws:userid",)),
        ("${aws:userid}/${aws:none}", ()),
    ],
)
def test_not_filled_in(text: str, keys: tuple[str, ...]) -> None:
    filled = resolve(parse_template(text, variables=True), CONTEXT, wildcards=True)
    assert isinstance(filled, Unresolved)
    assert filled.keys == keys


def test_plain_text_in_version_2008() -> None:
    filled = resolve(parse_template("${aws:username}", variables=False), CONTEXT, wildcards=True)
    assert filled == Glob.of("${aws:username}")


@pytest.mark.parametrize(
    ("text", "early"),
    [
        ("arn:aws:s3:::${aws:username}", False),
        ("arn:aws:iam::${aws:PrincipalAccount}:role/x", True),
        ("${aws:username}", True),
        ("arn:aws:s3:::${*}", False),
    ],
)
def test_variables_before_the_fifth_colon(text: str, early: bool) -> None:
    assert in_arn_prefix(parse_template(text, variables=True)) is early


@settings(deadline=None)
@given(st.text("${}*?,' :ab"), st.booleans())
def test_any_text_is_read(text: str, variables: bool) -> None:
    template = parse_template(text, variables=variables)
    assert isinstance(resolve(template, CONTEXT, wildcards=True), Glob | Unresolved)


@pytest.mark.parametrize(
    ("text", "asked", "answer"),
    [
        ("b/${aws:SourceIp}/*", "b/10.0.0.1/x", Truth.UNKNOWN),
        ("b/${aws:SourceIp}/*", "b", Truth.FALSE),
        ("b/${aws:SourceIp}/*", "c/x/y", Truth.FALSE),
        ("b/${aws:rolesession}/*", "b/AROA1:job/x", Truth.UNKNOWN),
        ("b/${aws:rolesession}/*", "b/AROA2:job/x", Truth.FALSE),
        ("b/${aws:none}/*", "b/x/y", Truth.FALSE),
    ],
)
def test_what_an_unknown_value_could_match(text: str, asked: str, answer: Truth) -> None:
    session = known(PartText(("AROA1:", Anything())))
    context = CONTEXT.with_more({"aws:rolesession": session})
    filled = resolve(parse_template(text, variables=True), context, wildcards=True)
    assert isinstance(filled, Unresolved)
    assert filled.may_match(asked) is answer

"""A small document with everything that one can have, and one that was made to do harm."""

from __future__ import annotations

from datetime import UTC, datetime

from muster.engines.documents import CHINESE, Document, Facts, Heading, Paragraph, Table, Words, plain

HOSTILE = "<w:t>&amp; ]]> #{ sys.inputs } *粗* $x$ \\ \" ' @a <b> %s {0} [x]"
BODY = (
    Heading(1, Words("一、总则")),
    Paragraph(Words("值班长接到预警后一小时内到岗。")),
    Heading(2, Words("（一）强化值班值守（C01）")),
    Facts(((Words("责任岗位"), Words("值班长")), (Words("时限"), Words("1小时内")))),
    Heading(1, Words("物资需求表"), annex=Words("附件1")),
    Table((2, 1), (Words("物资"), Words("数量")), ((Words("口罩"), Words("14")), (Words("手套"), Words("7")))),
)


def document(**other: object) -> Document:
    facts: dict[str, object] = {
        "language": CHINESE,
        "title": Words("应急预案"),
        "issuer": Words("S市公安局"),
        "reference": Words("S-PHE-01　第3.0版"),
        "issued": True,
        "cover": (Facts(((Words("状态"), Words("2020年1月22日发布")),)),),
        "contents": Words("目录"),
        "body": BODY,
        "closing": (Words("S市公安局"), Words("2020年1月22日印发")),
        "footer": f"S-PHE-01 3.0 · SHA-256 {'9de1' * 16}",
        "identifier": "9de1" * 16,
        "dated": datetime(2020, 1, 22, 4, tzinfo=UTC),
    }
    return Document(**(facts | other))  # type: ignore[arg-type]


def hostile() -> Document:
    """Markup of both formats, very long words, right-to-left marks, signs that no face has."""
    words = [HOSTILE, "长" * 4000, "x" * 500, plain("\u202eabc\u2066\u0000"), "应急😀🚨预案", "مرحبا", "𠀀𪚥"]
    blocks = [one for text in words for one in (Heading(2, Words(text)), Paragraph(Words(text, text)))]
    table = Table((1, 1), (Words(HOSTILE), Words("x" * 300)), tuple((Words(one), Words(one)) for one in words))
    return document(title=Words(HOSTILE * 3), body=(*blocks, table, Facts(((Words(HOSTILE), Words("长" * 3000)),))))

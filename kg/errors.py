"""The exception tree.

    KgError
    ├── InputError      a report that cannot be read: missing, empty, binary, no report in it
    ├── GraphError      an output folder that holds no graph, or a damaged one
    ├── QueryError      an unknown question, or SPARQL that does not parse or may not run
    ├── RuleError       a rule, lexicon or ontology file that contradicts itself
    └── MissingExtra    an optional package that a command needs is not installed

Every message says what is wrong, where, and what to do, in Chinese and then in English.
"""

from __future__ import annotations

from pathlib import Path


class KgError(Exception):
    """Base of all errors that a user can mend.

    >>> str(KgError("文件是空的", "the file is empty", where="a.txt"))
    'a.txt: 文件是空的 | the file is empty'
    """

    def __init__(self, zh: str, en: str, *, where: str | Path | None = None) -> None:
        self.zh, self.en, self.where = zh, en, None if where is None else str(where)
        super().__init__(f"{zh} | {en}" if where is None else f"{where}: {zh} | {en}")


class InputError(KgError):
    """A report cannot be read."""


class GraphError(KgError):
    """An output folder holds no usable graph."""


class QueryError(KgError):
    """A question is unknown, or a query cannot run."""


class RuleError(KgError):
    """A data file of the package (rules, lexicons, ontology) contradicts itself."""


class MissingExtra(KgError):
    """An optional dependency is needed and absent.

    >>> MissingExtra("docs", "python-docx").en
    'python-docx is not installed; run: pip install "achievement-kg[docs]"'
    """

    def __init__(self, extra: str, package: str) -> None:
        command = f'pip install "achievement-kg[{extra}]"'
        super().__init__(f"没有安装 {package};请运行:{command}", f"{package} is not installed; run: {command}")

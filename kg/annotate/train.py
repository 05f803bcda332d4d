"""Train the tagger from the tagged sentences in kg/models/training: ``python -m kg.annotate.train``."""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pycrfsuite

from kg.annotate.features import features
from kg.annotate.lexis import Lexis
from kg.annotate.markup import Tagged, parse
from kg.annotate.tagger import LAYERS, MODELS, Tagger, encode
from kg.lexicons import given_name_characters, surnames

Sentence = tuple[str, list[Tagged]]


def lines(folder: Path) -> list[str]:
    """Every tagged line of the folder's files, in a fixed order."""
    return [
        line.strip()
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]


def sentences(folder: Path) -> list[Sentence]:
    """Every tagged line as characters and spans."""
    return [parse(line) for line in lines(folder)]


_LEAF = re.compile(r"<([PL])>([^<>]+)</\1>")
_DIVISION = re.compile(r"(?:省|自治区|市|县|区|旗|镇|乡|街道|村|社区)$")


def vary(lines: list[str], rng: random.Random) -> list[str]:
    """The lines again with other persons and places in their tags, so that names are not learnt by heart."""
    family = sorted(surnames())
    weights = [max(surnames()[f], 0.0005) for f in family]
    given = sorted(given_name_characters())
    first = sorted({m[2][:-1] for line in lines for m in _LEAF.finditer(line) if m[1] == "L" and _DIVISION.search(m[2]) and 2 <= len(m[2]) <= 4})
    syllables = sorted({c for name in first for c in name})

    def person(name: str) -> str:
        if "·" in name or not 2 <= len(name) <= 3:
            return name
        return rng.choices(family, weights)[0] + "".join(rng.choices(given, k=rng.choice((1, 2, 2, 2))))

    def place(name: str) -> str:
        suffix = _DIVISION.search(name)
        if not suffix or not 2 <= suffix.start() <= 3 or suffix[0] in ("省", "自治区"):
            return name
        invented = "".join(rng.choices(syllables, k=suffix.start()))
        return (invented if rng.random() < 0.6 else rng.choice(first)) + suffix[0]

    def again(m: re.Match[str]) -> str:
        return f"<{m[1]}>{person(m[2]) if m[1] == 'P' else place(m[2])}</{m[1]}>"

    return [new for line in lines if (new := _LEAF.sub(again, line)) != line]


_SLOT = re.compile(r"\{(P|O|L|H|A|W|T|n|occ)\}")
_OCCUPATIONS = (
    "村民", "居民", "职工", "民警", "辅警", "护士", "医生", "教师", "学生", "队员", "志愿者", "党员", "网格员", "驾驶员", "司机", "快递员",
    "焊工", "钳工", "电工", "线路工", "接触网工", "检修工", "采煤工", "调度员", "值班员", "乘务员", "列车长", "技术员", "质检员", "安全员",
    "保洁员", "管护员", "护林员", "农技员", "饲养员", "种粮大户", "养殖户", "脱贫户", "社区工作者", "楼栋长", "网格长", "法官助理", "书记员",
    "警犬训导员", "消防员", "特勤队员", "观测员", "预报员", "讲解员", "图书管理员", "运动员", "教练员", "裁判员", "传承人", "第五代传承人", "老党员",
    "退役军人", "老支书", "返乡青年", "创业青年", "大学生", "研究生", "博士", "班主任", "辅导员", "主播", "播音员", "摄影师", "工程师", "设计师",
    "会计", "柜员", "客户经理", "理财经理", "收银员", "服务员", "厨师", "月嫂", "家长", "市民", "游客", "读者", "患者家属", "当事人",
)  # fmt: skip


def generate(tagged: list[str], templates: list[str], rng: random.Random, each: int = 24) -> list[str]:
    """Sentences of the templates, their slots filled afresh with what the tagged lines name, half in full width."""
    stock: dict[str, list[str]] = {}
    for tag in "POLHAWT":
        found = {m for line in tagged for m in _outermost(line, tag) if len(re.sub("<[^>]+>", "", m)) <= 30}
        stock[tag] = sorted(found)

    def fill(m: re.Match[str]) -> str:
        if m[1] == "n":
            return str(rng.randint(2, 30))
        if m[1] == "occ":
            return f"<T>{rng.choice(_OCCUPATIONS)}</T>" if rng.random() < 0.5 else rng.choice(_OCCUPATIONS)
        return rng.choice(stock[m[1]])

    wide = str.maketrans({",": "，", ";": "；", ":": "：", "(": "（", ")": "）"})
    out = []
    for template in templates:
        for k in range(each):
            out.append(_SLOT.sub(fill, template.translate(wide) if k % 2 else template))
    return out


def _outermost(line: str, tag: str) -> Iterator[str]:
    """The tagged strings of one kind, with their own inner tags, outermost only."""
    depth, start = 0, 0
    for m in re.finditer(f"<(/?){tag}>", line):
        if not m[1]:
            start = m.start() if depth == 0 else start
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                yield line[start : m.end()]


def layer_spans(spans: Iterable[Tagged], tags: str) -> list[tuple[int, int, str]]:
    """The outermost spans among those of ``tags``, in order."""
    kept: list[tuple[int, int, str]] = []
    for s in sorted(spans, key=lambda s: (s.start, -s.end)):
        if s.tag in tags and (not kept or s.start >= kept[-1][1]):
            kept.append((s.start, s.end, s.tag))
    return kept


def train(data: list[Sentence], folder: Path, *, iterations: int = 150, c1: float = 0.02, c2: float = 0.25) -> None:
    """Fit both layers, each in a process of its own, and write ``names.crf`` and ``things.crf``."""
    folder.mkdir(parents=True, exist_ok=True)
    context = multiprocessing.get_context("spawn")
    jobs = [context.Process(target=_fit, args=(data, folder, layer, iterations, c1, c2)) for layer in LAYERS]
    for job in jobs:
        job.start()
    for layer, job in zip(LAYERS, jobs, strict=True):
        job.join()
        if job.exitcode:
            raise RuntimeError(f"训练没有完成:{layer} | training of {layer} ended with {job.exitcode}")


def _fit(data: list[Sentence], folder: Path, layer: str, iterations: int, c1: float, c2: float) -> None:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for text, spans in data:
        row = pycrfsuite.ItemSequence(features(Lexis(text)))
        trainer.append(row, encode(len(text), layer_spans(spans, LAYERS[layer])))
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": iterations, "feature.possible_transitions": True})
    trainer.train(str(folder / f"{layer}.crf"))


def score(tagger: Tagger, data: list[Sentence]) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of exact spans for each tag."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for text, spans in data:
        gold = {s for tags in LAYERS.values() for s in layer_spans(spans, tags)}
        pred = {(f.start, f.end, f.tag) for f in tagger.tag(Lexis(text))}
        true.update(s[2] for s in gold)
        said.update(s[2] for s in pred)
        right.update(s[2] for s in gold & pred)
    out = {}
    for tag in "POLTHAW":
        p, r = right[tag] / max(1, said[tag]), right[tag] / max(1, true[tag])
        out[tag] = (p, r, 2 * p * r / (p + r) if p + r else 0.0)
    return out


def main() -> int:
    """Train on everything, or with --check on nine tenths with a report on the rest."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=MODELS / "training")
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--iterations", type=int, default=150)
    parser.add_argument("--check", action="store_true", help="hold a tenth back and report on it")
    args = parser.parse_args()
    rng = random.Random(7)
    data = lines(args.data)
    rng.shuffle(data)
    cut = len(data) // 10 if args.check else 0
    known = data[cut:]
    made = generate(known, templates.read_text("utf-8").splitlines(), rng) if (templates := args.data.parent / "templates.txt").exists() else []
    train([parse(line) for line in [*known, *vary(known, rng), *vary(made, rng)]], args.out, iterations=args.iterations)
    if args.check:
        for tag, (p, r, f) in score(Tagger(args.out), [parse(line) for line in data[:cut]]).items():
            sys.stdout.write(f"{tag} P {p:.3f} R {r:.3f} F {f:.3f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

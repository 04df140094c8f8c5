"""Folders that lay nobody open, full of what looks as if it did: sums, versions, dates, statutes, addresses of documents."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from socialwork_research import privacy, reports, storage

from ._writers import drawing, notebook, page, shown, zipped

SENTENCES = (
    "Section 47 of the Children Act 1989 and s 20(1)(c) were both cited; see also the Care Act 2014, ss 9-13.",
    "[2013] UKSC 33; Re B (A Child) [2009] UKSC 5; SI 2010/959; 45 CFR 164.514(b)(2)(i); 42 U.S.C. 5106a.",
    "Krippendorff (2019), doi:10.4135/9781071878781; https://doi.org/10.1145/3458723; arXiv:2306.04746v2.",
    "ISBN 978-0-19-953556-9; ISSN 0045-3102; grant ES/T012345/1; ethics approval 2021-0457-03.",
    "Made with numpy 2.3.5, pandas 3.0.1 and matplotlib 3.11.2 on Python 3.12.8 (Linux, x86_64).",
    "https://docs.python.org/3/library/re.html#module-re and https://numpy.org/doc/2.3/reference/random/generator.html",
    "https://www.gov.uk/government/publications/working-together-to-safeguard-children--2 was read on 4 May 2021.",
    "https://pandas.pydata.org/docs/user_guide/merging.html, https://github.com/pandas-dev/pandas/issues/12345",
    "Posts of 2018, 2019, 2020 and 2021; waves 1-4; weeks 2019-W01 to 2020-W52; from 2019-02-01 to 2021-03-04.",
    "alpha = .81 [.74, .87], n = 450, k = 2; chi2(12) = 34.56, p = .0006; OR 1.23 (95 % CI 0.98-1.54).",
    "The seed is 20261121; 1,000 draws; 12,345,678 pairs; 0.123456789012345 of them; 1.5e-17; 3.0 GB.",
    "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 of the input.",
    "Commit 4a7d1ed414474e4033ac29ccb8653d9b0c0ffee1; build 2024.11.0+g1a2b3c4; uuid 6ba7b810-9dad-11d1-80b4-00c04fd430c8.",
    "Boundary talk was coded by two readers; and/or rules applied; the ratio km/h does not matter; 24/7 cover.",
    "precision@10 was .9, recall@5 .7; the mean time to a first answer was 3.5 hours; 9 to 5; at 10:30 each day.",
    "Ofsted, HCPC and Social Work England publish standards; the BASW Code of Ethics has three parts.",
    "Thank you for the kind reply all was the commonest phrase.",
    "Table 3. Posts by community (n = 240). Figure 2.1: Answers within 1 h, 6 h, 24 h. Tel. availability was not coded.",
    "Ratio 1:4; scale 1-5; ages 18-25, 26-35; bands A-D; codes R01 to R14; t2_mean and t1_score differ by 0.04.",
    "Licence CC-BY-4.0; schema https://schema.org/Dataset; http://www.w3.org/2000/svg; urn:isbn:9780199535569.",
    "#SWchat and #CarefulTalk were the two hashtags; r/socialwork is a community; C# and F# are languages.",
)  # fmt: skip
CODE = (
    "import pandas as pd\n\n@pytest.fixture\ndef table():\n    return pd.read_csv('tables/platforms.csv')",
    "@dataclass(frozen=True)\nclass Row:\n    n: int\n\nx @ y\nassert x[:, 1] @ w == 0",
    "study = studies.open_session('study.toml', results='results')\nstudy.table('losses', losses, caption='What was lost')",
    "rng = np.random.default_rng(20261121)\nfigure.savefig('figures/degrees.svg')",
)


def tables(place: Path, rng: np.random.Generator) -> None:
    """Write tables as the package writes them, small cells blanked."""
    counts = pd.DataFrame(
        {"n_posts": rng.integers(0, 900, 6), "n_authors": rng.integers(0, 60, 6), "share": rng.random(6)},
        index=pd.Index([f"group {number}" for number in range(6)], name="community"),
    )
    counts["first_at"] = pd.date_range("2019-02-01", periods=6, tz="UTC")
    storage.save(privacy.suppress(counts), place / "tables" / "communities")
    measures = pd.DataFrame({"measure": ["n_authors", "reciprocity"], "value": [240.0, rng.random()]})
    storage.save(measures.set_index("measure"), place / "tables" / "structure")


def named_sums(place: Path, rng: np.random.Generator) -> None:
    """Write the sums of inputs in three manners."""
    sums = [hashlib.sha256(rng.bytes(9)).hexdigest() for _ in range(4)]
    (place / "SHA256SUMS").write_text("".join(f"{each}  posts_{at}.jsonl\n" for at, each in enumerate(sums)))
    told = {
        "inputs": [{"name": "posts.jsonl", "sha256": sums[0], "bytes": 9918273645}],
        "lock": sums[1],
        "fingerprint": sums[2],
    }
    (place / "run.json").write_text(
        json.dumps({**told, "corpus": {"identities": "pseudonyms of key sbkf3dwu", "n_posts": 240}})
    )
    (place / "requirements.lock").write_text(f"numpy==2.3.5 \\\n    --hash=sha256:{sums[3]}\n")


def figures(place: Path, rng: np.random.Generator) -> None:
    """Draw a figure and write it as SVG, PNG and PDF."""
    with mpl.rc_context({"svg.fonttype": str(rng.choice(["path", "none"])), "svg.hashsalt": "1"}):
        drawn, axes = plt.subplots()
        axes.plot(rng.random(200).cumsum())
        axes.set_title("Answers within 24 hours,\n2019-02-01 to 2021-03-04")
        axes.set_xticks([0, 100, 200], ["2019", "2020", "2021"])
        for ending in ("svg", "png", "pdf"):
            drawn.savefig(place / f"figure.{ending}", metadata={"Creator": None} if ending == "pdf" else None)
        plt.close(drawn)


def notebooks(place: Path, rng: np.random.Generator) -> None:
    """Write an executed notebook with prose, code and shown tables."""
    cell = notebook(
        cell_type="markdown", source="\n\n".join(rng.choice(SENTENCES, 4)), metadata={"tags": ["parameters"]}
    )
    (place / "prose.ipynb").write_text(cell)
    (place / "code.ipynb").write_text(
        notebook(source=str(rng.choice(CODE)), id="".join(rng.choice(list("0123456789abcdef"), 8)))
    )
    table = reports.render(pd.DataFrame({"share": rng.random(3), "n_authors": [40, 11, 12]}), caption="Shares")
    (place / "shown.ipynb").write_text(shown(**{"text/html": table, "text/plain": "shown in the report"}))


def pages(place: Path, rng: np.random.Generator) -> None:
    """Write a page, a note and a log."""
    said = [str(each) for each in rng.choice(SENTENCES, 8, replace=False)]
    style = "<style>@media print { nav { break-after: page; } } @font-face { font-family: x; }</style>"
    dot = base64.b64encode(drawing("<circle r='3'/>").encode()).decode()
    body = "".join(f"<p>{each}</p>" for each in said) + f'<img alt="a dot" src="data:image/svg+xml;base64,{dot}">'
    (place / "report.html").write_text(page(body, style))
    (place / "README.md").write_text(
        "# Report\n\n" + "\n".join(f"- {each}" for each in said) + "\n\n| a | n_authors |\n|---|---|\n| x | 40 |\n"
    )
    (place / "run.log").write_text("".join(f"INFO step {at}: {each}\n" for at, each in enumerate(said)))


def stores(place: Path, rng: np.random.Generator) -> None:
    """Write arrays, Parquet, a workbook's parts, a network, a bibliography."""
    np.save(place / "curve.npy", rng.random((30, 2)))
    parquet.write_table(
        pa.table({"code": ["a", "b"], "share": rng.random(2), "day": pd.to_datetime(["2021-03-04"] * 2)}),
        place / "t.parquet",
    )
    nodes = "".join(f'<node id="n{at}"><data key="d0">{rng.integers(1, 9)}</data></node>' for at in range(12))
    (place / "net.graphml").write_text(
        f'<?xml version="1.0"?><graphml><graph>{nodes}<edge source="n0" target="n1"/></graph></graphml>'
    )
    (place / "refs.bib").write_text("@article{reagle2022,\n  doi = {10.1007/s10676-022-09663-w},\n  year = {2022}\n}\n")
    (place / "crate.json").write_text(
        json.dumps({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [{"@id": "./", "@type": "Dataset"}]})
    )
    (place / "all.zip").write_bytes(
        zipped(tables__n_dot_csv="code,n_authors\nintegrity,41\n", note_dot_txt=str(rng.choice(SENTENCES)))
    )
    store = io.StringIO()
    csv.writer(store).writerows(
        [["code", "estimate", "method"], *([f"R{at:02}", rng.random(), rng.choice(SENTENCES)] for at in range(5))]
    )
    (place / "prevalence.csv").write_text(store.getvalue())
    if rng.random() < 0.3:
        reports.write_word(
            pd.DataFrame({"code": ["a", "b"], "n_authors": [40, 30]}),
            place / "table",
            caption=str(rng.choice(SENTENCES)),
        )


PARTS: tuple[Callable[[Path, np.random.Generator], None], ...] = (tables, named_sums, figures, notebooks, pages, stores)


def fill(place: Path, number: int) -> None:
    """Fill a folder, in its own way for each number."""
    rng = np.random.default_rng(number)
    for part in PARTS:
        if rng.random() < 0.8 or part is pages:
            part(place, rng)

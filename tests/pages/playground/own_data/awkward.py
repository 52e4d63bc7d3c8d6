"""Tables as people bring them: awkward in one way each, and what becomes of them."""

import io
import random
import zipfile
from typing import NamedTuple


class Found(NamedTuple):
    """What the table has: its inputs and its target by name, its classes' number, its rows used and given."""

    inputs: str
    target: str
    classes: int
    used: int
    rows: int


IRIS = "sepal,petal,species\n" + "".join(f"{5 + k / 10:.1f},{k / 7:.3f},{'abc'[k % 3]}\n" for k in range(12))
WHOLE = Found("sepal petal", "species", 3, 12, 12)


def a_zip():
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a.csv", IRIS)
    return archive.getvalue()


def rows(count, row):
    return "".join(row(k) + "\n" for k in range(count))


R = random.Random(1)
CASES = [
    ("plain", IRIS.encode(), WHOLE),
    ("utf-8 with a mark", b"\xef\xbb\xbf" + IRIS.encode(), WHOLE),
    ("windows line ends", IRIS.replace("\n", "\r\n").encode(), WHOLE),
    ("old Macintosh line ends", IRIS.replace("\n", "\r").encode(), WHOLE),
    ("no newline at the end", IRIS.rstrip().encode(), WHOLE),
    ("blank lines between", IRIS.replace("\n", "\n\n").encode(), WHOLE),
    ("semicolons", IRIS.replace(",", ";").encode(), WHOLE),
    ("tabs", IRIS.replace(",", "\t").encode(), WHOLE),
    ("vertical bars", IRIS.replace(",", "|").encode(), WHOLE),
    ("spaces", IRIS.replace(",", "  ").encode(), WHOLE),
    ("semicolons with decimal commas", IRIS.replace(",", ";").replace(".", ",").encode(), WHOLE),
    ("tabs with decimal commas", IRIS.replace(",", "\t").replace(".", ",").encode(), WHOLE),
    ("sep=;", ("sep=;\n" + IRIS.replace(",", ";").replace(".", ",")).encode(), WHOLE),
    ("sep=, with CRLF", ("sep=,\n" + IRIS).replace("\n", "\r\n").encode(), WHOLE),
    ("utf-16 with a mark", IRIS.encode("utf-16"), WHOLE),
    ("utf-16 big-endian with a mark", b"\xfe\xff" + IRIS.encode("utf-16-be"), WHOLE),
    ("utf-16 without a mark", IRIS.encode("utf-16-le"), WHOLE),
    ("utf-16 big-endian without a mark", IRIS.encode("utf-16-be"), WHOLE),
    ("utf-32", b"\xff\xfe\x00\x00" + IRIS.encode("utf-32-le"), WHOLE),
    (
        "latin-1",
        "größe,art\n1,süß\n2,süß\n3,herb\n4,herb\n".encode("latin-1"),
        Found("größe", "art", 2, 4, 4),
    ),
    (
        "no header, numbers",
        rows(9, lambda k: f"{k},{k * k},{k / 3:.4f}").encode(),
        Found("column 2", "column 3", 0, 9, 9),
    ),
    (
        "no header, class last",
        rows(9, lambda k: f"{k},{k * k},{'ab'[k % 2]}").encode(),
        Found("column 2", "column 3", 2, 9, 9),
    ),
    (
        "header of years",
        ("2019,2020,2021\n" + rows(9, lambda k: f"{k},{k * k},{k * 1.5}")).encode(),
        Found("column 1 column 2", "column 3, standardised", 0, 10, 10),
    ),
    (
        "quotes everywhere",
        "".join(",".join(f'"{c}"' for c in l.split(",")) + "\n" for l in IRIS.split("\n") if l).encode(),
        WHOLE,
    ),
    (
        "a delimiter within quotes",
        ('x,y,"kind, of"\n' + rows(6, lambda k: f'{k},{k * k},"{"a, b" if k % 2 else "c"}"')).encode(),
        Found("kind, of = c", "y", 6, 6, 6),
    ),
    (
        "a newline within quotes",
        (
            '"long\nname",y,kind\n'
            + rows(6, lambda k: f'{k},{k * k},"{chr(97) + chr(10) + "b" if k % 2 else "c"}"')
        ).encode(),
        Found("y", "kind", 2, 6, 6),
    ),
    (
        "doubled quotes",
        ("x,y,kind\n" + rows(6, lambda k: f'{k},{k * k},"{"say a" if k % 2 else "c"}"')).encode(),
        Found("y", "kind", 2, 6, 6),
    ),
    (
        "a quotation mark that stays open",
        ('x,y,kind\n1,"2,a\n' + rows(60, lambda k: f"{k},{k},b")).encode(),
        "flowers.csv must close each quotation mark. One stays open from row 2 on.",
    ),
    ("spaces around cells", IRIS.replace(",", " , ").encode(), WHOLE),
    (
        "duplicate headers",
        ("x,x,x\n" + rows(9, lambda k: f"{k},{k * k % 7},{'ab'[k % 2]}")).encode(),
        Found("x (2)", "x (3)", 2, 9, 9),
    ),
    (
        "missing headers",
        (",y,\n" + rows(9, lambda k: f"{k * 3 % 7},{k * k % 7},{'ab'[k % 2]}")).encode(),
        Found("column 1 column 3 = b", "y", 4, 9, 9),
    ),
    (
        "row names as R writes them",
        ("x,y,kind\n" + rows(9, lambda k: f"r{k},{k},{k * k},{'ab'[k % 2]}")).encode(),
        Found("y", "kind", 2, 9, 9),
    ),
    (
        "an index column",
        (",x,kind\n" + rows(9, lambda k: f"{k},{k * k % 7},{'ab'[k % 2]}")).encode(),
        Found("x", "kind", 2, 9, 9),
    ),
    ("trailing delimiters", IRIS.replace("\n", ",\n").encode(), WHOLE),
    (
        "a row too long",
        (IRIS + "1,2,a,4\n").encode(),
        "Every row of flowers.csv must have 3 cells. Row 14 has 4: put quotation marks around text",
    ),
    ("short rows", (IRIS + "1,2\n7\n").encode(), Found("sepal petal", "species", 3, 12, 14)),
    ("comments on top", ("# made by hand\n# 2024\n" + IRIS).encode(), WHOLE),
    ("empty", b"", "flowers.csv must have at least 2 rows. It is empty."),
    ("blanks only", b"  \n\n \n", "flowers.csv must have at least 2 rows. It is empty."),
    ("header only", b"x,y,species\n", "flowers.csv must have at least 2 rows of data. It has 1."),
    ("one row", b"x,y,species\n1,2,a\n", "flowers.csv must have at least 2 rows of data. It has 1."),
    ("two rows", b"x,y\n1,2\n2,5\n", Found("x", "y", 2, 2, 2)),
    (
        "one column of numbers",
        b"x\n1\n2\n3\n4\n",
        "flowers.csv must have at least 2 columns, inputs and a target. It has 1: divide the cells",
    ),
    (
        "one column of words",
        b"kind\na\nb\na\n",
        "flowers.csv must have at least 2 columns, inputs and a target. It has 1: divide the cells",
    ),
    (
        "a constant column",
        ("x,c,kind\n" + rows(9, lambda k: f"{k * k % 7},7,{'ab'[k % 2]}")).encode(),
        Found("x", "kind", 2, 9, 9),
    ),
    (
        "constant inputs alone",
        ("c,kind\n" + rows(9, lambda k: f"7,{'ab'[k % 2]}")).encode(),
        Found("c", "kind", 2, 9, 9),
    ),
    (
        "a constant target",
        ("x,species\n" + rows(9, lambda k: f"{k * k % 7},a")).encode(),
        Found("species = a", "x", 4, 9, 9),
    ),
    (
        "everything constant",
        ("x,species\n" + rows(9, lambda k: "7,a")).encode(),
        "“species” can't be the target: all its values are 'a'. Choose another target.",
    ),
    (
        "10,000 classes",
        ("x,species\n" + rows(10000, lambda k: f"{k % 97},s{k}")).encode(),
        "“species” can't be the target: it has 10,000 classes, and a network here tells 2 to 50 apart.",
    ),
    (
        "51 classes",
        ("x,species\n" + rows(102, lambda k: f"{k % 97},s{k % 51}")).encode(),
        "“species” can't be the target: it has 51 classes, and a network here tells 2 to 50 apart. Choose",
    ),
    (
        "50 classes",
        ("x,species\n" + rows(100, lambda k: f"{k % 97},s{k % 50}")).encode(),
        Found("x", "species", 50, 100, 100),
    ),
    (
        "10 classes",
        ("x,species\n" + rows(100, lambda k: f"{k % 97},s{k % 10}")).encode(),
        Found("x", "species", 10, 100, 100),
    ),
    (
        "whole numbers as classes",
        ("x,digit\n" + rows(100, lambda k: f"{k % 97},{k % 10}")).encode(),
        Found("x", "digit", 10, 100, 100),
    ),
    (
        "yes and no",
        ("x,sold\n" + rows(20, lambda k: f"{k * k % 97},{'yes' if k % 3 else 'no'}")).encode(),
        Found("x", "sold", 2, 20, 20),
    ),
    (
        "true and false",
        ("x,sold\n" + rows(20, lambda k: f"{k * k % 97},{k % 3 == 0}")).encode(),
        Found("x", "sold", 2, 20, 20),
    ),
    (
        "missing values",
        (b"x,y,kind\n1,NA,a\n2,3,b\n?,4,a\n5,,b\n6,7,\n8,9,a\nnull,1,b\n1,n/a,a\n"),
        Found("x y", "kind", 2, 2, 8),
    ),
    (
        "nan and inf",
        (
            "x,y,kind\n1,nan,a\n2,3,b\ninf,4,a\n5,-inf,b\n6,7,b\n8,9,a\n9,1e999,b\n10,∞,b\n1,2,a\n3,4,a\n5,6,b\n3,1,a\n1,1,b\n2,2,a\n"
        ).encode(),
        Found("x y", "kind", 2, 9, 14),
    ),
    (
        "an empty column",
        ("x,e,kind\n" + rows(9, lambda k: f"{k * k % 7},,{'ab'[k % 2]}")).encode(),
        Found("x", "kind", 2, 9, 9),
    ),
    (
        "every row has a gap",
        (
            "x,y,kind\n" + rows(8, lambda k: f"{k if k % 2 else ''},{'' if k % 2 else k},{'ab'[k // 2 % 2]}")
        ).encode(),
        "At least 2 rows must have all their values. 0 of 8 have: leave out the columns in which",
    ),
    (
        "dates",
        ("day,x,kind\n" + rows(9, lambda k: f"2024-01-{k + 1:02},{k * k},{'ab'[k % 2]}")).encode(),
        Found("x", "kind", 2, 9, 9),
    ),
    (
        "dates as target",
        ("x,day\n" + rows(9, lambda k: f"{k * k},0{k + 1}.02.2024")).encode(),
        "“day” can't be the target: it has dates. Choose another target.",
    ),
    (
        "mixed types",
        ("x,y,kind\n" + rows(20, lambda k: f"{'unknown' if k == 3 else k * k},{k},{'ab'[k % 2]}")).encode(),
        Found("x", "kind", 2, 19, 20),
    ),
    (
        "categories as inputs",
        (
            "colour,sex,x,price\n"
            + rows(
                30, lambda k: f"{['red', 'green', 'blue'][k % 3]},{'mf'[k // 2 % 2]},{k},{1000 + k * k * 31}"
            )
        ).encode(),
        Found("colour = blue colour = green colour = red sex = m", "price, standardised", 0, 30, 30),
    ),
    (
        "13 categories",
        ("town,x,price\n" + rows(39, lambda k: f"town {k % 13},{k},{k * k * 1.5}")).encode(),
        Found("x", "price, standardised", 0, 39, 39),
    ),
    (
        "thousands in quotes",
        ("x,price\n" + rows(12, lambda k: f'{k},"{1 + k},{234 + k}.50"')).encode(),
        Found("x", "price, standardised", 0, 12, 12),
    ),
    (
        "German thousands",
        ("x;price\n" + rows(12, lambda k: f"{k};{1 + k}.{234 + k},50")).encode(),
        Found("x", "price, standardised", 0, 12, 12),
    ),
    (
        "percents",
        ("share,kind\n" + rows(9, lambda k: f"{k * k % 11}%,{'ab'[k % 2]}")).encode(),
        Found("share", "kind", 2, 9, 9),
    ),
    (
        "true minus signs",
        ("x,kind\n" + rows(9, lambda k: f"−{k}.5,{'ab'[k % 2]}")).encode(),
        Found("x", "kind", 2, 9, 9),
    ),
    (
        "scientific notation",
        ("x,kind\n" + rows(9, lambda k: f"{k + 1}.5e-3,{'ab'[k % 2]}")).encode(),
        Found("x", "kind", 2, 9, 9),
    ),
    (
        "huge numbers",
        ("x,kind\n" + rows(9, lambda k: f"{k + 1}e200,{'ab'[k % 2]}")).encode(),
        "“x” must have numbers between ±1e+100. Leave it out.",
    ),
    (
        "tiny differences",
        ("x,kind\n" + rows(9, lambda k: f"1000000000.{k},{'ab'[k % 2]}")).encode(),
        Found("x", "kind", 2, 9, 9),
    ),
    (
        "numbers of many digits",
        ("x,kind\n" + rows(9, lambda k: f"{'9' * 40}{k},{'ab'[k % 2]}")).encode(),
        Found("x", "kind", 2, 9, 9),
    ),
    (
        "formula cells",
        ("x,kind\n" + rows(9, lambda k: f"{k},{['=1+1', '=cmd|calc!A1'][k % 2]}")).encode(),
        Found("x", "kind", 2, 9, 9),
    ),
    (
        "formulas as inputs",
        ("x,y,kind\n" + rows(20, lambda k: f"{k},=A{k + 2}*2,{'ab'[k % 2]}")).encode(),
        Found("x", "kind", 2, 20, 20),
    ),
    (
        "formulas' errors",
        (
            "x,y,kind\n" + rows(20, lambda k: f"{k},{'#DIV/0!' if k % 7 == 3 else k * 2 % 5},{'ab'[k % 2]}")
        ).encode(),
        Found("y", "kind", 2, 17, 20),
    ),
    (
        "very long header",
        (("n" * 500) + ",kind\n" + rows(9, lambda k: f"{k * k % 7},{'ab'[k % 2]}")).encode(),
        Found("nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…", "kind", 2, 9, 9),
    ),
    (
        "very long cells",
        ("x,kind\n" + rows(9, lambda k: f"{k * k % 7},{'ab'[k % 2] * 5000}")).encode(),
        Found("x", "kind", 2, 9, 9),
    ),
    (
        "a cell without end",
        ("x,kind\n" + rows(3, lambda k: f"{k},{'a' * 200000}")).encode(),
        "flowers.csv must have cells of at most 131,072 characters. One is longer: a quotation mark",
    ),
    (
        "emoji and Arabic",
        ("größe 📏,نوع\n" + rows(9, lambda k: f"{k * k % 7},{'🌸🌵'[k % 2]}")).encode(),
        Found("größe 📏", "نوع", 2, 9, 9),
    ),
    (
        "101 inputs",
        (
            ",".join(f"c{k}" for k in range(102))
            + "\n"
            + rows(5, lambda r: ",".join(str((r * k * k) % 13 + 0.5) for k in range(102)))
        ).encode(),
        Found("93 inputs", "c101, standardised", 0, 5, 5),
    ),
    (
        "501 columns",
        (
            ",".join(f"c{k}" for k in range(501))
            + "\n"
            + rows(5, lambda r: ",".join(str((r * k * k) % 13 + 0.5) for k in range(501)))
        ).encode(),
        "flowers.csv must have at most 500 columns. It has 501.",
    ),
    (
        "20,000 rows",
        ("x,y,kind\n" + rows(20000, lambda k: f"{k * k % 101},{k % 7},{'ab'[k % 2]}")).encode(),
        Found("x y", "kind", 2, 20000, 20000),
    ),
    (
        "20,001 rows",
        ("x,y,kind\n" + rows(20001, lambda k: f"{k * k % 101},{k % 7},{'ab'[k % 2]}")).encode(),
        "flowers.csv must have at most 20,000 rows. It has 20,001: take a part of them.",
    ),
    (
        "100,000 rows",
        rows(100000, lambda k: f"{k * k % 101},{k % 7},{'ab'[k % 2]}").encode(),
        "flowers.csv must have at most 20,000 rows. It has 100,000: take a part of them.",
    ),
    (
        "6 MB",
        (("x,kind\n") + rows(6, lambda k: "1" * 1000000 + ",a")).encode(),
        "flowers.csv must have at most 5 MB. It has 6.0 MB: take fewer rows.",
    ),
    (
        "random bytes",
        bytes(R.randrange(256) for _ in range(5000)),
        "flowers.csv must be a table in text form. It holds bytes that are no text. Save the table",
    ),
    (
        "zeros",
        bytes(5000),
        "flowers.csv must be a table in text form. It holds bytes that are no text. Save the table",
    ),
    (
        "a zip of the name .csv",
        a_zip(),
        "flowers.csv must be a table in text form. It is a zip archive, as Excel and OpenDocument",
    ),
    (
        "a picture",
        b"\x89PNG\r\n\x1a\n" + bytes(R.randrange(256) for _ in range(500)),
        "flowers.csv must be a table in text form. It is a picture: save the table as CSV and choose",
    ),
    (
        "a PDF",
        b"%PDF-1.7\n1 0 obj\n",
        "flowers.csv must be a table in text form. It is a PDF document: save the table as CSV and",
    ),
    (
        "JSON",
        b'[{"x": 1, "kind": "a"}, {"x": 2, "kind": "b"}]',
        "flowers.csv must be a table of rows and cells. It is JSON: save the table as CSV and choose",
    ),
    (
        "HTML",
        b"<!doctype html><html><body><p>Not found</p></body></html>",
        "flowers.csv must be a table of rows and cells. It is a web page or XML: save the table as",
    ),
    (
        "prose",
        b"It was the best of times, it was the worst of times,\n"
        b"it was the age of wisdom...\nWe had everything before us, we had nothing.\n",
        "At least 2 rows must have all their values. 1 of 2 has: leave out the columns in which many",
    ),
    (
        "Markdown",
        b"| x | kind |\n|---|------|\n| 1 | a |\n| 2 | b |\n| 3 | a |\n| 4 | b |\n",
        Found("x", "kind", 2, 4, 4),
    ),
]

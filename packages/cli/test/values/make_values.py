"""Makes a small file for each kind of value and format of docs/formats.md.

Made with numpy 2.4.6, pandas 3.1.1 and pyarrow 26.0.1 on Python 3.11. Run it in this folder: python make_values.py

A table has the columns `value` and `number`; an array of three values is a column.
"""

from decimal import Decimal
from uuid import UUID

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

NUMBERS = [0.5, -1.0, 2.0]


def csv(kind, cells, encoding="utf-8"):
    rows = "".join(f"{cell},{number}\n" for cell, number in zip(cells, NUMBERS))
    with open(f"{kind}.csv", "w", encoding=encoding, newline="") as file:
        file.write(f"value,number\n{rows}")


def npy(kind, values):
    np.save(f"{kind}.npy", np.array(values).reshape(3, -1))


def parquet(kind, values, **options):
    table = pa.table({"value": values, "number": NUMBERS})
    pq.write_table(table, f"{kind}.parquet", **options)


def pandas(kind, values):
    pd.DataFrame({"value": values, "number": NUMBERS}).to_parquet(f"{kind}.parquet", index=False)


def every(kind, cells, array, column=None):
    csv(kind, cells)
    npy(kind, array)
    parquet(kind, pa.array(array) if column is None else column)


npy("number", NUMBERS)
every("integers", ["1", "-2", "3"], [1, -2, 3])
every("integers-to-2-53", [str(2**53 - 1), "1", "2"], [2**53 - 1, 1, 2])
every("integers-beyond-2-53", [str(2**53 + 1), "1", "2"], [2**53 + 1, 1, 2])
every("unsigned-integers-beyond-2-53", [str(2**64 - 1), "1", "2"], np.array([2**64 - 1, 1, 2], "u8"))
npy("integers-of-a-byte", np.array([1, -2, 127], "i1"))
parquet("integers-of-a-byte", pa.array([1, -2, 127], pa.int8()))
every("doubles", ["0.5", "-2.25", "1e-30"], [0.5, -2.25, 1e-30])
npy("single-precision", np.array([0.5, -2.25, 3], ">f4"))
parquet("single-precision", pa.array([0.5, -2.25, 3], pa.float32()))
npy("half-precision", np.array([0.5, -2, 65504], "f2"))
parquet("half-precision", pa.array(np.array([0.5, -2, 65504], "f2")))
npy("long-doubles", np.array([0.5, 1, 2], np.longdouble))
decimals = ["0.7", "-2.9", "12.25"]
csv("decimals", decimals)
parquet("decimals", pa.array([Decimal(cell) for cell in decimals], pa.decimal128(12, 2)))
wide = [f"{2**53 + 1}.00", "1.00", "2.00"]
csv("whole-decimals-beyond-2-53", wide)
parquet("whole-decimals-beyond-2-53", pa.array([Decimal(cell) for cell in wide]))
pandas("nullable-integers", pd.array([1, -2, 3], dtype="Int64"))
every("truth-values", ["True", "False", "True"], [True, False, True])
every("text", ["a", "b", "a"], ["a", "b", "a"])
every("words-for-truth-values", ["TRUE", "FALSE", "TRUE"], ["TRUE", "FALSE", "TRUE"])
every("text-of-digits", ["1", "2", "1"], ["1", "2", "1"])
every("text-of-decimals", ["0.5", "1.5", "0.5"], ["0.5", "1.5", "0.5"])
every("numbers-written-otherwise", ["10%", "20%", "10%"], ["10%", "20%", "10%"])
pandas("categories", pd.Categorical(["a", "b", "a"]))
pandas("categories-of-integers", pd.Categorical([1, 2, 1]))
npy("bytes-that-are-utf-8", [b"a", b"b", b"a"])
parquet("bytes-that-are-utf-8", pa.array([b"a", b"b", b"a"]))
csv("bytes-that-are-not-utf-8", ["ä", "ö", "ä"], "latin-1")
npy("bytes-that-are-not-utf-8", [b"\xe4", b"\xf6", b"\xe4"])
parquet("bytes-that-are-not-utf-8", pa.array([b"\xe4", b"\xf6", b"\xe4"]))
npy("raw-bytes", np.array([b"a", b"b", b"a"]).view("V1"))
parquet("raw-bytes", pa.array([b"a", b"b", b"a"], pa.binary(1)))
days = ["2024-01-31", "2024-02-01", "2024-01-31"]
every("dates", days, np.array(days, "M8[D]"))
moments = ["2024-01-31 12:00:00", "2024-02-01 12:00:00", "2024-01-31 12:00:00"]
every("dates-with-times", moments, np.array(moments, "M8[us]"))
parquet("dates-of-96-bits", pa.array(np.array(moments, "M8[ns]")), use_deprecated_int96_timestamps=True)
every("dates-as-text", ["31.1.2024", "1.2.2024", "31.1.2024"], ["31.1.2024", "1.2.2024", "31.1.2024"])
csv("times-of-day", ["12:00", "13:30", "12:00"])
parquet("times-of-day", pa.array([1, 2, 1], pa.time32("s")))
every("durations", ["1 days", "2 days", "1 days"], np.array([1, 2, 1], "m8[s]"))
every("nan-among-numbers", ["1", "nan", "2"], [1, np.nan, 2])
every("infinity-among-numbers", ["1", "inf", "2"], [1, np.inf, 2])
csv("nothing-among-numbers", ["1", "", "2"])
parquet("nothing-among-numbers", pa.array([1, None, 2]))
csv("nothing-among-texts", ["a", "", "b"])
npy("nothing-among-texts", ["a", "", "b"])
parquet("nothing-among-texts", pa.array(["a", None, "b"]))
every("na-among-texts", ["a", "NA", "b"], ["a", "NA", "b"])
every("none-among-texts", ["a", "None", "b"], ["a", "None", "b"])
every("text-among-numbers", ["1", "2", "x"], ["1", "2", "x"])
csv("complex-numbers", ["1+2j", "1j", "2j"])
npy("complex-numbers", [[1, 0], [0, 1], [0.6, 0.8j]])
npy("records", np.array([(1, 2.0)] * 3, dtype=[("a", "<i4"), ("b", "<f8")]))
parquet("records", pa.array([{"a": 1}, {"a": 2}, {"a": 1}]))
npy("lists", np.fromiter([[1], [2, 3], [4]], dtype=object))
parquet("lists", pa.array([[1], [2, 3], [4]]))
csv("uuids", [UUID(int=k) for k in range(3)])
parquet("uuids", pa.array([UUID(int=k).bytes for k in range(3)], pa.uuid()))

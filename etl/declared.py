"""What a declared table is, and how its columns and checks are written down."""

from typing import NamedTuple

from pyspark.sql import types as T


class Table(NamedTuple):
    """A declared table: its name, its columns in order, and its CHECK constraints by name."""

    name: str
    schema: T.StructType
    checks: dict[str, str]

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order."""
        return self.schema.fieldNames()


def schema_of(ddl: str) -> T.StructType:
    """Parse ``name type`` lines without a session; StructType.fromDDL would need one on Spark 3.5."""
    simple: dict[str, T.DataType] = {
        "string": T.StringType(),
        "int": T.IntegerType(),
        "long": T.LongType(),
        "double": T.DoubleType(),
        "boolean": T.BooleanType(),
        "timestamp": T.TimestampType(),
        "date": T.DateType(),
        "array<int>": T.ArrayType(T.IntegerType()),
        "array<string>": T.ArrayType(T.StringType()),
        "map<string,long>": T.MapType(T.StringType(), T.LongType()),
        "map<string,string>": T.MapType(T.StringType(), T.StringType()),
        "spans": T.ArrayType(
            T.StructType([T.StructField("start", T.IntegerType()), T.StructField("end", T.IntegerType())])
        ),
    }
    fields = [line.split() for line in ddl.strip().splitlines()]
    return T.StructType([T.StructField(name, simple[kind]) for name, kind in fields])


def one_of(column: str, values: tuple[str, ...]) -> str:
    """Return the condition that a column holds one of some values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"

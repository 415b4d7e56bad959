"""`python -m dateline.schemas`: write the schema files anew."""

from dateline.schemas import write_schemas

if __name__ == "__main__":
    write_schemas()

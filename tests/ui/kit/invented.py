"""Invented names, answers and rows that the boards of the gallery show."""

from ui.kit.mark import Mark
from ui.models.columns import Column, Face, Row

LONG = "Wilhelmina-Alexandra Konstantinopoulou-van den Boogaard tot Nieuwerkerk aan den IJssel"
YES, NO, ASK = ("ja", Mark.YES), ("nee", Mark.NO), ("– geen antwoord", Mark.NONE)
BACK = ("ingetrokken", Mark.NO)
V_YES, V_NO = ("JA", Mark.YES), ("NEE", Mark.NO)
V_ASK = ("VRAAG NA", Mark.ASK)

COLUMNS = (
    Column("name", "Naam", 26, Face.STRONG, order="name", least=16),
    Column("group", "Groep", 14, order="group"),
    Column("born", "Geboren", 14, least=12),
    Column("answer", "Website", 14, Face.PILL, least=12),
    Column("why", "Waarom", 30, Face.MUTED),
)


def rows(count: int) -> list[Row]:
    """Invented pupils."""
    names = ("Zoë van der Wal", "Bram Jansen", "Oleksandr Kowalczyk", LONG, "Noor El Amrani")
    answers = (V_NO, V_YES, V_ASK)
    return [
        Row(
            id=f"{place:032x}",
            cells={
                "name": names[place % len(names)],
                "group": ("Zeester", "Walvis")[place % 2],
                "born": f"{place % 28 + 1} mei 2021",
                "answer": answers[place % 3][0],
                "why": ("moeder trok in op 3 nov 2026", "beide ouders", "1 van 2")[place % 3],
            },
            marks={"answer": answers[place % 3][1]},
        )
        for place in range(count)
    ]

"""Makes a drawn document fit to be kept: PDF/A, language, title, the same bytes each time.

Level 2b, and 3b when files ride along.

The drawing library leaves an empty transition on every page and no colour profile or metadata.
Only the plain interface of the PDF library is used, which all its versions have.
"""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, ObjectStreamMode, Pdf, String

from reports.colour import srgb

if TYPE_CHECKING:
    from app.paper import Attachment

MAKER = "Boordboek"

_XMP = """<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:format>application/pdf</dc:format>
<pdf:Producer>{maker}</pdf:Producer>
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def archival(
    drawn: bytes, title: str, language: str, attached: tuple[Attachment, ...] = ()
) -> bytes:
    """The drawn document as PDF/A-2b, with attached files as PDF/A-3b."""
    with Pdf.open(BytesIO(drawn)) as pdf:
        prepare(pdf, title, language, attached)
        return finish(pdf)


def prepare(pdf: Pdf, title: str, language: str, attached: tuple[Attachment, ...] = ()) -> None:
    """Give an open document everything that PDF/A asks for."""
    for page in pdf.pages:
        if Name.Trans in page.obj:
            del page.obj.Trans
    _describe(pdf, title, language, 3 if attached else 2)
    _attach(pdf, attached)


def finish(pdf: Pdf) -> bytes:
    """An open document as it is kept."""
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
    )
    return out.getvalue()


def _attach(pdf: Pdf, attached: tuple[Attachment, ...]) -> None:
    """Let files ride along, each named as data that belongs to the document."""
    if not attached:
        return
    found = [_file(pdf, one) for one in attached]
    names = Array()
    for one, file in sorted(zip(attached, found, strict=True), key=lambda pair: pair[0].name):
        names.extend([String(one.name), file])
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=names))
    pdf.Root.AF = Array(found)


def _file(pdf: Pdf, one: Attachment) -> Object:
    made = String(f"D:{one.made_at.astimezone(UTC):%Y%m%d%H%M%S}Z")
    stream = pdf.make_stream(
        one.content,
        Type=Name.EmbeddedFile,
        Subtype=Name(f"/{one.mime}"),
        Params=Dictionary(Size=len(one.content), ModDate=made),
    )
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(one.name),
            UF=String(one.name),
            Desc=String(one.about),
            AFRelationship=Name.Data,
            EF=Dictionary(F=stream, UF=stream),
        )
    )


def _describe(pdf: Pdf, title: str, language: str, part: int) -> None:
    profile = pdf.make_stream(srgb(), N=3, Alternate=Name.DeviceRGB)
    output = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    xmp = _XMP.format(title=escape(title), language=language, maker=MAKER, part=part)
    root = pdf.Root
    root.OutputIntents = Array([pdf.make_indirect(output)])
    metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    root.Metadata = pdf.make_indirect(metadata)
    root.Lang = String(language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    del pdf.docinfo
    pdf.docinfo[Name.Title] = String(title)
    pdf.docinfo[Name.Producer] = String(MAKER)

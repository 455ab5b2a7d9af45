"""An official document as Word (.docx), in the layout of GB/T 9704-2012.

Faces are named as Chinese offices have them (方正小标宋, 仿宋, 黑体, 楷体); none is embedded. Page numbers of the
contents are those of the PDF until Word, which asks when the file is opened, has set the pages itself.
"""

from muster.kernel.documents.word.document import docx_of

__all__ = ["docx_of"]

"""Imported once by the server that tests fork `tocsin` processes from: all that a start of `tocsin run` has to load.

A start of its own takes 5 s (Beam, the language model), and the tests of the stream start forty.
"""

import pipelines.validation.validator
import tocsin.backfilling
import tocsin.cli.main
import tocsin.recoding
import tocsin.streaming
from pipelines.coding.settings import CoderSettings
from pipelines.transforms.code_reports import shared_coder

LOADED = (
    pipelines.validation.validator,
    tocsin.backfilling,
    tocsin.cli.main,
    tocsin.recoding,
    tocsin.streaming,
)
shared_coder(CoderSettings())

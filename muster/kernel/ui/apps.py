import logging

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "muster.kernel.ui"
    label = "ui"

    def ready(self) -> None:
        """Compile the Chinese catalogue if a part of it is newer than the compiled one.

        Whoever asked for a translation before that, while the applications were loading, got none: that is forgotten,
        or a first start would write its log in English.
        """
        from django.utils.translation.reloader import translation_file_changed

        from muster.kernel.ui import catalogue

        if catalogue.is_stale():
            try:
                catalogue.compile_catalogues()
                translation_file_changed(None, catalogue.COMPILED / "django.mo")
            except (OSError, catalogue.CatalogueInvalid) as wrong:
                logging.getLogger(__name__).error("the Chinese catalogue was not compiled: %s", wrong)

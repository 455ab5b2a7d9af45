import logging

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "muster.kernel.ui"
    label = "ui"

    def ready(self) -> None:
        """Compile the Chinese catalogue if a part of it is newer than the compiled one."""
        from muster.kernel.ui import catalogue

        if catalogue.is_stale():
            try:
                catalogue.compile_catalogues()
            except (OSError, catalogue.CatalogueInvalid) as wrong:
                logging.getLogger(__name__).error("the Chinese catalogue was not compiled: %s", wrong)

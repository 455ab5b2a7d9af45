"""Addresses of the situation, under /situation/."""

from django.urls import path

from muster.prevention.situation.views import by_hand, imports, overview, reports, rules

app_name = "situation"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("signals/<int:pk>/", overview.move_signal, name="move_signal"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("by-hand/", by_hand.by_hand, name="by_hand"),
    path("by-hand/start/", by_hand.state_start, name="state_start"),
    path("rules/", rules.rules, name="rules"),
    path("rules/add/", rules.rule_add, name="rule_add"),
    path("rules/interval/", rules.interval_record, name="interval_record"),
    path("rules/<slug:code>/", rules.rule_set, name="rule_set"),
    path("import/", imports.import_file, name="import"),
    path("import/confirm/", imports.import_confirm, name="import_confirm"),
]

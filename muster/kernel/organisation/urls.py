"""Addresses of the organisation."""

from django.urls import path

from muster.kernel.organisation.views import changing, importing, people, places, presence, rows, teams, units

app_name = "organisation"
urlpatterns = [
    path("", units.units, name="units"),
    path("units/<str:code>/", units.unit, name="unit"),
    path("units/<str:code>/close/", changing.close_unit, name="close_unit"),
    path("people/", people.people, name="people"),
    path("people/<str:code>/", people.person, name="person"),
    path("people/<str:code>/reach/", people.reach, name="reach_person"),
    path("people/<str:code>/correct/", people.correct, name="correct_person"),
    path("people/<str:code>/transfer/", changing.transfer, name="transfer_person"),
    path("people/<str:code>/lend/", changing.lend, name="lend_person"),
    path("people/<str:code>/return/", changing.bring_back, name="return_person"),
    path("people/<str:code>/away/", presence.away, name="person_away"),
    path("people/<str:code>/back/<int:pk>/", presence.back, name="person_back"),
    path("people/<str:code>/reached/", presence.reached, name="person_reached"),
    path("people/<str:code>/leave/", changing.leave, name="person_leaves"),
    path("roles/", units.roles, name="roles"),
    path("roles/<str:code>/<str:unit>/", changing.role, name="role"),
    path("teams/", teams.teams, name="teams"),
    path("teams/<str:code>/", teams.team, name="team"),
    path("teams/<str:code>/release/", teams.release, name="release_member"),
    path("teams/<str:code>/close/", teams.close, name="close_team"),
    path("areas/", places.areas, name="areas"),
    path("areas/boundaries/", places.set_boundaries, name="set_boundaries"),
    path("sites/", places.sites, name="sites"),
    path("sites/<str:code>/", places.site, name="site"),
    path("rows/<str:kind>/", rows.row, name="row"),
    path("import/", importing.choose, name="import"),
    path("import/template/<str:kind>/", importing.template, name="import_template"),
    path("import/<uuid:pk>/", importing.preview, name="import_preview"),
    path("import/<uuid:pk>/confirm/", importing.confirm, name="import_confirm"),
]

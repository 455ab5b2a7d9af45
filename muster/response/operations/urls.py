"""Addresses of operations; the board is what people open first, so it has the short one."""

from django.urls import path

from muster.response.operations.views import board, commanding, records, tasks

app_name = "operations"
urlpatterns = [
    path("board/", board.board, name="board"),
    path("operations/", records.operations, name="list"),
    path("operations/activate/", commanding.activate, name="activate"),
    path("operations/proposals/<int:pk>/", commanding.proposal, name="proposal"),
    path("operations/<str:code>/", records.detail, name="detail"),
    path("operations/<str:code>/board/", board.operation_board, name="operation_board"),
    path("operations/<str:code>/board/panels/", board.board_panels, name="board_panels"),
    path("operations/<str:code>/log/", records.log, name="log"),
    path("operations/<str:code>/decisions/", records.decisions, name="decisions"),
    path("operations/<str:code>/proposals/", records.proposals, name="proposals"),
    path("operations/<str:code>/places/", records.places, name="places"),
    path("operations/<str:code>/level/", commanding.change_level, name="change_level"),
    path("operations/<str:code>/stand-down/", commanding.stand_down, name="stand_down"),
    path("operations/<str:code>/tasks/<int:pk>/", tasks.task, name="task"),
    path("operations/<str:code>/tasks/<int:pk>/acknowledge/", tasks.acknowledge, name="acknowledge_task"),
    path("operations/<str:code>/tasks/<int:pk>/begin/", tasks.begin, name="begin_task"),
    path("operations/<str:code>/tasks/<int:pk>/complete/", tasks.complete, name="complete_task"),
]

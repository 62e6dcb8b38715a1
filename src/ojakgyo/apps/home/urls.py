from django.urls import path

from ojakgyo.apps.home import naming  # noqa: F401 - the pages of the vault ask it
from ojakgyo.apps.home.views import cells, drafts, find, log, now, shift, working
from ojakgyo.apps.vault.drawers import FORMS

urlpatterns = [
    path("", now.front),
    path("now/", now.show_now),
    path("now/_part/board/", now.show_now),
    path("now/<str:warning>/take/", working.take),
    path("now/<str:warning>/told/", working.tell),
    path("now/<str:warning>/close/", working.close),
    path("now/stuck/<int:number>/settle/", now.settle),
    path("now/stuck/<int:number>/again/", now.try_again),
    path("log/", log.log_contact),
    path("log/_part/line/", log.understand_line),
    path("log/undo/", log.undo),
    path("log/report/", log.log_report),
    path("shift/", shift.show),
    path("shift/hand-over/", shift.hand_over),
    path("shift/take/", shift.take),
    path("shift/sheet/", shift.sheet),
    path("cells/", cells.show_all),
    path("cells/<str:cell>/", cells.show),
    path("cells/<str:cell>/sheet/", cells.sheet),
    path("cells/<str:cell>/lead/", cells.lead),
    path("cells/<str:cell>/area/", cells.move),
    path("areas/", cells.areas),
    path("areas/new/", cells.new_area),
    path("areas/cell/", cells.new_cell),
    path("find/", find.show),
    path("find/_part/found/", find.answers),
    path("find/names/", find.names),
    path("help/", find.show_help),
    path("scratch/", drafts.scratch),
    *(path(f"drafts/{form}/", drafts.keep, {"form": form}) for form in FORMS),
    *(path(f"drafts/_part/{form}/", drafts.offer, {"form": form}) for form in FORMS),
]

"""Addresses of the inner pages of village-affairs disclosure."""

from django.urls import path

from apps.disclosure.views import board, catalogues, due, files, orders, publications, tables

app_name = "disclosure"
urlpatterns = [
    path("", publications.publication_list, name="list"),
    path("new/", publications.new, name="new"),
    path("board/", board.board, name="board"),
    path("<int:number>/board/", board.sheets, name="sheets"),
    path("postings/<int:posting>/down/", board.take_down, name="take_down"),
    path("postings/<int:posting>/strike/", board.strike, name="strike"),
    path("postings/<int:posting>/photo/", board.photo, name="posting_photo"),
    path("tables/", tables.tables, name="tables"),
    path("tables/<str:kind>/new/", tables.new_table, name="new_table"),
    path("<int:number>/table/", tables.edit_table, name="edit_table"),
    path("due/", due.due_list, name="due"),
    path("due/matrix/", due.matrix, name="matrix"),
    path("due/<int:number>/", due.village, name="village_due"),
    path("events/new/", due.new_event, name="new_event"),
    path("events/<int:number>/cancel/", due.cancel_event, name="cancel_event"),
    path("orders/", orders.order_list, name="orders"),
    path("orders/new/", orders.new_order, name="new_order"),
    path("<int:number>/files/", files.add, name="add_file"),
    path("<int:number>/files/<int:file>/", files.download, name="file"),
    path("<int:number>/files/<int:file>/remove/", files.remove, name="remove_file"),
    path("<int:number>/files/<int:file>/look/", files.look, name="look_at_file"),
    path("<int:number>/files/<int:file>/mask/", files.mask, name="mask_file"),
    path("catalogue/", catalogues.catalogue, name="catalogue"),
    path("catalogue/begin/", catalogues.begin, name="begin"),
    path("catalogue/add/", catalogues.add, name="add_item"),
    path("catalogue/<int:number>/", catalogues.draft, name="draft"),
    path("catalogue/<int:number>/new/", catalogues.new_item, name="new_item"),
    path("catalogue/items/<int:number>/", catalogues.edit_item, name="edit_item"),
    path("<int:number>/", publications.detail, name="detail"),
    path("<int:number>/edit/", publications.edit, name="edit"),
    path("<int:number>/mask/", publications.mask, name="mask"),
    path("<int:number>/correct/", publications.correct, name="correct"),
    path("<int:number>/<str:action>/", publications.step, name="step"),
]

"""How lists are paged: by cursor, so that rows that arrive do not shift a page."""

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    """A page of at most 500 rows in the order of their keys."""

    ordering: str | tuple[str, ...] = "pk"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500

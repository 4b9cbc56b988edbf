"""What the frame of every page shows: who is signed in, where, and the entries that are theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from apps.accounts.models import User
from apps.home.places import place_of
from apps.home.textsize import text_size_of


@dataclass(frozen=True)
class Entry:
    """A link of the frame; `permission` "" is for everybody signed in, `also` is what else it holds."""

    title: str
    href: str
    permission: str = ""
    icon: str = ""
    also: str = ""
    current: bool = False


@dataclass(frozen=True)
class Navigation:
    """The frame's context, `nav` in templates."""

    path: str
    text_size: str
    frame: str = "base.html"
    county: str = ""
    place: str = ""
    person: str = ""
    account: str = ""
    search_href: str = ""
    searched: str = ""
    entries: tuple[Entry, ...] = ()
    tabs: tuple[Entry, ...] = ()
    extra: tuple[Entry, ...] = ()
    kept: str = ""


HOME = "/"
SEARCH = "/search/"
SEARCHED = {"组织": "organizations.view", "党员": "members.view", "会议": "meetings.view"}
ENTRIES = (
    Entry("要办的事", HOME),
    Entry("党组织", "/organizations/", "organizations.view"),
    Entry("党员", "/members/", "members.view"),
    Entry("三会一课", "/meetings/", "meetings.view"),
    Entry("完成情况", "/duties/", "figures.view"),
    Entry("村务公开", "/disclosure/", "disclosure.view", also="/opinions/"),
    Entry("报表", "/reports/", "reports.view", also="/figures/"),
    Entry("制度依据", "/regulations/"),
)
TABS = (
    Entry("首页", HOME, icon="icons/home.svg"),
    Entry("会议", "/meetings/", "meetings.view", icon="icons/meeting.svg"),
    Entry("党员", "/members/", "members.view", icon="icons/member.svg"),
    Entry("公开", "/disclosure/", "disclosure.check", icon="icons/board.svg", also="/opinions/"),
)
# What the phone of a branch keeps, to be opened without a signal.
KEPT = (
    Entry("首页", HOME),
    Entry("记一次会", "/meetings/new/", "meetings.record"),
    Entry("这部手机上的记录", "/meetings/phone/", "meetings.record"),
    Entry("会议", "/meetings/", "meetings.view"),
    Entry("党员", "/members/", "members.view"),
)
EXTRA = (
    Entry("民主评议", "/reviews/", "reviews.view"),
    Entry("党课", "/lessons/", "lessons.view"),
    Entry("谈心谈话", "/talks/", "talks.view"),
    Entry("这部手机上的记录", "/meetings/phone/", "meetings.record"),
    Entry("日历", "/calendar/", "meetings.view"),
    Entry("打印归档", "/papers/", "meetings.view"),
    Entry("提醒", "/reminders/", "figures.view"),
    Entry("导入记录", "/imports/", "members.import"),
    Entry("操作记录", "/audit/", "audit.view"),
    Entry("账号管理", "/accounts/", "accounts.manage"),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """`nav` for the templates; nothing is asked of the database until a page uses it."""
    return {"nav": SimpleLazyObject(lambda: navigation_of(request))}


def navigation_of(request: HttpRequest) -> Navigation:
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return Navigation(path=request.path, text_size=text_size_of(request))
    place = place_of(user)
    at_branch = user.works_at_branch
    entries = permitted(ENTRIES, user, request.path)
    tabs = permitted(TABS, user, request.path)
    extra = permitted(EXTRA, user, request.path)
    return Navigation(
        path=request.path,
        text_size=text_size_of(request),
        frame="branch.html" if at_branch else "base.html",
        county=place.county,
        place=place.name,
        person=str(user),
        account=str(user.pk),
        search_href=SEARCH,
        searched="、".join(title for title, permission in SEARCHED.items() if user.may(permission)),
        entries=entries,
        tabs=tabs,
        extra=beyond(tabs, entries) + extra if at_branch else extra,
        kept=" ".join(entry.href for entry in permitted(KEPT, user, "")) if at_branch else "",
    )


def permitted(entries: tuple[Entry, ...], user: User, path: str) -> tuple[Entry, ...]:
    """The entries that the user may open, the one that holds the page marked."""
    return tuple(
        replace(entry, current=holds(entry, path))
        for entry in entries
        if not entry.permission or user.may(entry.permission)
    )


def holds(entry: Entry, path: str) -> bool:
    if entry.href == HOME:
        return path == HOME
    return path.startswith(entry.href) or bool(entry.also and path.startswith(entry.also))


def beyond(tabs: tuple[Entry, ...], entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries that no tab opens."""
    shown = {tab.href for tab in tabs}
    return tuple(entry for entry in entries if entry.href not in shown)

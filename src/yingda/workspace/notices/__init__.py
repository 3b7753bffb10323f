"""What a member of staff should know now, kept until they have seen it, and shown at once where they are."""

from yingda.workspace.notices.endpoints import routers
from yingda.workspace.notices.handlers import subscribe
from yingda.workspace.notices.live import NoticeBell
from yingda.workspace.notices.personal import PERSONAL
from yingda.workspace.notices.schemas import NoticeKind
from yingda.workspace.notices.service import purge_old

__all__ = ["PERSONAL", "NoticeBell", "NoticeKind", "purge_old", "routers", "subscribe"]

"""Every endpoint of the application × everybody who may come: who is let in. A new endpoint needs a line here."""

from typing import Any, Final
from uuid import uuid4

import httpx
import msgspec
import pytest
from litestar.routes import HTTPRoute, WebSocketRoute

from tests.factories import SHOP, Colleague, Visitor
from tests.server import RunningServer
from tests.shared import SHARED, STAFF, text_message
from yingda.app.main import create_app

pytestmark = SHARED

EVERYBODY: Final = frozenset({*STAFF, "visitor", "nobody"})
SIGNED_IN: Final = frozenset(STAFF)
VISITORS: Final = frozenset({"visitor"})
ADMINISTRATORS: Final = frozenset({"administrator"})
SUPERVISORS: Final = ADMINISTRATORS | {"supervisor"}
AGENTS: Final = SUPERVISORS | {"agent", "other_agent"}

SOMEONE = str(uuid4())
LATER = "2099-01-01T00:00:00Z"


class Door(msgspec.Struct, frozen=True):
    """Who gets through, and with what answer; all others hear 401 (not signed in) or 403."""

    method: str
    path: str
    allowed: frozenset[str]
    status: int
    json: Any = None
    query: str = ""

    @property
    def url(self) -> str:
        path = "/".join(_filled(part) for part in self.path.split("/"))
        return f"{path}?{self.query}" if self.query else path


def _filled(part: str) -> str:
    if part.endswith(":int}"):
        return "1"
    return SOMEONE if part.startswith("{") else part


CONVERSATION = "/api/v1/conversations/{conversation_id:uuid}"
LEVELS = "/api/v1/service-levels"
CALENDAR = {"name": "没有工作时间", "weekly": [[]] * 7}
ORDER = f"{CONVERSATION}/orders/{{order_no:str}}"
CUSTOMER = "/api/v1/customers/{customer_id:uuid}"
REASON = {"purpose": "delivery"}
TRAINING = "/api/v1/review/trainings/{training_id:uuid}"
CORRECTION = {"conversation_id": SOMEONE, "seq": 1, "intent": "chat.human"}
WEBHOOK = "/api/v1/webhooks/{webhook_id:uuid}"
HOOK = {"name": "仓库", "url": "https://crm.example/hook", "event_types": ["deed.done"]}
MEMBER = "/api/v1/staff/{staff_id:uuid}"
WRAP_UP = {"category": "refund.request", "cause": "product", "result": "resolved", "summary": "已退款"}
PASSWORD = "青山-quiet-harbour-7"
CANNED = {"code": "hello", "title": "问候", "text": "您好"}
MACRO = {"name": "常用", "actions": [{"type": "resolve"}]}
TICKET = "/api/v1/tickets/{ticket_id:uuid}"
RAISE = {"type": "level", "level": 3}
MINUTES = {"held_on": "2026-11-25", "title": "例会", "decisions": [{"ticket_id": SOMEONE, "text": "补发"}]}
TICKET_WORKERS: Final = AGENTS | {"department_member"}
KIND = {"name": "新类型", "department_id": SOMEONE, "states": [{"code": "new", "name": "新", "category": "open"}]}
RULES = "/api/v1/triage"
VERSION = f"{RULES}/versions/{{number:int}}"
DRY_RUN = f"{RULES}/dry-runs/{{run_id:uuid}}"
STEP = {"id": "a", "title": "专员", "kind": "team", "receipt_minutes": 5}
CHAIN = {"chain": {"first": "b", "steps": [STEP], "triggers": []}, "base_version": 0, "reason": "试试"}
ARTICLES = "/api/v1/knowledge/articles"
PROPOSALS = "/api/v1/knowledge/proposals"
ARTICLE = {"title": "退货", "tier": "general", "topic": "退货", "body": "正文"}
FALLBACK = {"id": "rest", "title": "其余由助手回答", "effects": {"answerer": "assistant"}}
NEWCOMER = {"login": "new.comer", "display_name": "新同事", "roles": [{"role": "agent"}]}

DOORS = (
    Door("GET", "/health/live", EVERYBODY, 200),
    Door("GET", "/health/ready", EVERYBODY, 200),
    Door("GET", "/metrics", EVERYBODY, 200),
    Door("GET", "/api/openapi", EVERYBODY, 200),
    Door("GET", "/api/openapi/openapi.json", EVERYBODY, 200),
    Door("GET", "/api/openapi/{path:str}", EVERYBODY, 404),
    Door("GET", "/api/v1/demo/products", EVERYBODY, 200),
    Door("GET", "/api/v1/demo/customers", EVERYBODY, 200),
    Door("POST", "/api/v1/demo/customers", EVERYBODY, 201, {"given": ["latest_delivered"]}),
    Door("GET", "/api/v1/demo/customers/{user_id:str}", EVERYBODY, 404, query="signature=none"),
    Door("GET", "/api/v1/chat/widget-config", EVERYBODY, 200, query=f"shop={SHOP}"),
    Door("POST", "/api/v1/chat/sessions", EVERYBODY, 201, {"shop": SHOP}),
    Door("POST", "/api/v1/chat/messages", VISITORS, 201, text_message("你好")),
    Door("GET", "/api/v1/chat/messages", VISITORS, 200),
    Door("POST", "/api/v1/chat/read", VISITORS, 204, {"seq": 1}),
    Door("GET", "/api/v1/chat/orders", VISITORS, 200),
    Door("POST", "/api/v1/chat/uploads", VISITORS, 415),
    Door("GET", "/api/v1/files/{file_id:uuid}", EVERYBODY, 403, query="token=forged"),
    Door("GET", "/api/v1/conversations", SIGNED_IN, 200),
    Door("GET", "/api/v1/conversations/counts", SIGNED_IN, 200),
    Door("GET", "/api/v1/conversations/search", SIGNED_IN, 200, query="q=物流"),
    Door("GET", "/api/v1/shops", SIGNED_IN, 200),
    Door("GET", "/api/v1/saved-views", SIGNED_IN, 200),
    Door("POST", "/api/v1/saved-views", SIGNED_IN, 201, {"name": "视图", "query": {}}),
    Door("POST", "/api/v1/saved-views", SUPERVISORS, 201, {"name": "视图", "query": {}, "shared": True}),
    Door("PUT", "/api/v1/saved-views/{view_id:uuid}", SIGNED_IN, 404, {"name": "视图", "query": {}}),
    Door("DELETE", "/api/v1/saved-views/{view_id:uuid}", SIGNED_IN, 404),
    Door("GET", "/api/v1/canned-replies", SIGNED_IN, 200),
    Door("GET", "/api/v1/canned-replies/variables", SIGNED_IN, 200),
    Door("POST", "/api/v1/canned-replies", SIGNED_IN, 422, CANNED | {"text": "{{nothing}}"}),
    Door("POST", "/api/v1/canned-replies", SUPERVISORS, 422, CANNED | {"text": "{{nothing}}", "scope": "shared"}),
    Door("PUT", "/api/v1/canned-replies/{reply_id:uuid}", SIGNED_IN, 404, CANNED),
    Door("DELETE", "/api/v1/canned-replies/{reply_id:uuid}", SIGNED_IN, 404),
    Door("POST", "/api/v1/canned-replies/{reply_id:uuid}/render", AGENTS, 404, {"conversation_id": SOMEONE}),
    Door("GET", "/api/v1/macros", SIGNED_IN, 200),
    Door("POST", "/api/v1/macros", SIGNED_IN, 201, MACRO),
    Door("POST", "/api/v1/macros", SUPERVISORS, 201, MACRO | {"scope": "shared"}),
    Door("PUT", "/api/v1/macros/{macro_id:uuid}", SIGNED_IN, 404, MACRO),
    Door("DELETE", "/api/v1/macros/{macro_id:uuid}", SIGNED_IN, 404),
    Door("POST", "/api/v1/macros/{macro_id:uuid}/run", AGENTS, 404, {"conversation_id": SOMEONE}),
    Door("GET", "/api/v1/knowledge/ingredients", SIGNED_IN, 200),
    Door("GET", "/api/v1/knowledge/ingredients/{ingredient_id:str}", SIGNED_IN, 404),
    Door("POST", "/api/v1/knowledge/ask", SIGNED_IN, 200, {"question": "A醇怎么用"}),
    Door("GET", ARTICLES, SIGNED_IN, 200),
    Door("POST", ARTICLES, SUPERVISORS, 422, {"slug": "a", "content": ARTICLE | {"body": ""}}),
    Door("GET", f"{ARTICLES}/topics", SIGNED_IN, 200),
    Door("GET", f"{ARTICLES}/variables", SIGNED_IN, 200),
    Door("POST", f"{ARTICLES}/preview", SIGNED_IN, 200, {"body": "正文"}),
    Door("POST", f"{ARTICLES}/search", SIGNED_IN, 200, {"text": "退货"}),
    Door("GET", f"{ARTICLES}/export/markdown", SUPERVISORS, 200),
    Door("GET", f"{ARTICLES}/export/csv", SUPERVISORS, 200),
    Door("GET", f"{ARTICLES}/export/xlsx", SUPERVISORS, 200),
    Door("POST", f"{ARTICLES}/import", SUPERVISORS, 415),
    Door("GET", f"{ARTICLES}/{{article_id:uuid}}", SIGNED_IN, 404),
    Door("PUT", f"{ARTICLES}/{{article_id:uuid}}", SUPERVISORS, 404, {"version": 1, "content": ARTICLE}),
    Door("POST", f"{ARTICLES}/{{article_id:uuid}}/moves", SUPERVISORS, 404, {"move": "submit", "version": 1}),
    Door("POST", f"{ARTICLES}/{{article_id:uuid}}/moves", SUPERVISORS, 404, {"move": "approve", "version": 1}),
    Door("GET", f"{ARTICLES}/{{article_id:uuid}}/versions/{{number:int}}", SIGNED_IN, 404),
    Door("GET", f"{ARTICLES}/{{article_id:uuid}}/diff", SIGNED_IN, 404, query="before=1&after=2"),
    Door("POST", f"{ARTICLES}/{{article_id:uuid}}/ratings", SIGNED_IN, 404, {"verdict": "useful"}),
    Door("GET", PROPOSALS, SIGNED_IN, 200),
    Door("POST", PROPOSALS, SIGNED_IN, 201, {"question": "新仓地址"}),
    Door("POST", f"{PROPOSALS}/{{proposal_id:uuid}}/accept", SUPERVISORS, 404, {"slug": "a", "content": ARTICLE}),
    Door("POST", f"{PROPOSALS}/{{proposal_id:uuid}}/settle", SUPERVISORS, 404, {"state": "dismissed"}),
    Door("GET", "/api/v1/knowledge/board", SIGNED_IN, 200),
    Door("POST", "/api/v1/knowledge/labels", SUPERVISORS, 415),
    Door("GET", "/api/v1/knowledge/labels/{reading_id:uuid}", SUPERVISORS, 404),
    Door("GET", CONVERSATION, SIGNED_IN, 404),
    Door("GET", f"{CONVERSATION}/messages", SIGNED_IN, 404),
    Door("POST", f"{CONVERSATION}/uploads", AGENTS, 404),
    Door("GET", f"{CONVERSATION}/mentionable", AGENTS, 404),
    Door("GET", f"{CONVERSATION}/participants", SIGNED_IN, 404),
    Door("GET", f"{CONVERSATION}/profile", AGENTS | {"analyst"}, 404),
    Door("GET", f"{CONVERSATION}/mood", AGENTS | {"analyst"}, 404),
    Door("GET", ORDER, AGENTS | {"analyst"}, 404),
    Door("POST", f"{ORDER}/remarks", AGENTS, 404, {"text": "请尽快发货", "key": SOMEONE}),
    Door("POST", f"{ORDER}/reveal", AGENTS | {"analyst"}, 404, {"field": "phone", "reason": REASON}),
    Door("POST", f"{CUSTOMER}/reveal", AGENTS | {"analyst"}, 404, {"field": "phone", "reason": REASON}),
    Door("POST", f"{CUSTOMER}/export", ADMINISTRATORS, 404, REASON),
    Door("POST", f"{CUSTOMER}/erase", ADMINISTRATORS, 404, REASON),
    Door("PUT", f"{CUSTOMER}/skin", AGENTS, 404, {"type": "dry"}),
    Door("GET", f"{CUSTOMER}/notes", AGENTS | {"analyst"}, 404),
    Door("POST", f"{CUSTOMER}/notes", AGENTS, 404, {"text": "喜欢小样"}),
    Door("DELETE", f"{CUSTOMER}/notes/{{note_id:uuid}}", AGENTS, 404),
    Door("GET", f"{CONVERSATION}/files/{{file_id:uuid}}", SIGNED_IN, 404),
    Door("POST", f"{CONVERSATION}/files/{{file_id:uuid}}/label", AGENTS, 404),
    Door("POST", f"{CONVERSATION}/messages", AGENTS, 404, {"text": "您好"}),
    Door("POST", f"{CONVERSATION}/read", SIGNED_IN, 404, {"seq": 1}),
    Door("POST", f"{CONVERSATION}/take", AGENTS, 404),
    Door("POST", f"{CONVERSATION}/resolve", AGENTS, 404),
    Door("POST", f"{CONVERSATION}/reopen", AGENTS, 404),
    Door("POST", f"{CONVERSATION}/snooze", AGENTS, 404, {"until": LATER}),
    Door("GET", f"{CONVERSATION}/wrap-up", SIGNED_IN, 404),
    Door("GET", f"{CONVERSATION}/wrap-up/draft", AGENTS, 404),
    Door("POST", f"{CONVERSATION}/wrap-up", AGENTS, 404, WRAP_UP | {"seq": 1}),
    Door("PUT", f"{CONVERSATION}/wrap-up", AGENTS, 404, WRAP_UP),
    Door("GET", "/api/v1/wrap-up/choices", SIGNED_IN, 200),
    Door("GET", f"{CONVERSATION}/trace", SIGNED_IN, 404),
    Door("GET", f"{CONVERSATION}/suggestions", AGENTS, 404, query="seq=1"),
    Door("POST", f"{CONVERSATION}/suggestions/outcomes", AGENTS, 404, {"seq": 1, "key": "x", "fate": "accepted"}),
    Door("POST", f"{CONVERSATION}/promises", AGENTS, 404, {"text": "回电", "due_at": LATER}),
    Door("GET", "/api/v1/promises", SIGNED_IN, 200, query=f"customer_id={SOMEONE}"),
    Door("POST", "/api/v1/promises/{promise_id:uuid}/close", AGENTS, 404, {"state": "kept"}),
    Door("GET", "/api/v1/notices", SIGNED_IN, 200),
    Door("POST", "/api/v1/notices/read", SIGNED_IN, 204, {"notice_id": SOMEONE}),
    Door("POST", "/api/v1/notices/{notice_id:uuid}/read", SIGNED_IN, 404),
    Door("PUT", f"{CONVERSATION}/labels/{{label_id:uuid}}", AGENTS, 404),
    Door("DELETE", f"{CONVERSATION}/labels/{{label_id:uuid}}", AGENTS, 404),
    Door("PUT", f"{CONVERSATION}/follow", SIGNED_IN, 404),
    Door("DELETE", f"{CONVERSATION}/follow", SIGNED_IN, 404),
    Door("PUT", f"{CONVERSATION}/spam", AGENTS, 404),
    Door("DELETE", f"{CONVERSATION}/spam", AGENTS, 404),
    Door("POST", f"{CONVERSATION}/merge", AGENTS, 404, {"other_id": SOMEONE}),
    Door("GET", "/api/v1/conversations/abilities", SIGNED_IN, 200),
    Door("PATCH", f"{CONVERSATION}/messages/{{seq:int}}", AGENTS, 404, {"text": "您好"}),
    Door("POST", f"{CONVERSATION}/messages/{{seq:int}}/recall", AGENTS, 404),
    Door("POST", f"{CONVERSATION}/messages/{{seq:int}}/correction", AGENTS, 404, {"text": "新仓在嘉兴"}),
    Door("GET", f"{CONVERSATION}/messages/{{seq:int}}/history", SIGNED_IN, 404),
    Door("POST", f"{CONVERSATION}/messages/{{seq:int}}/translate", SIGNED_IN, 404, {"to": "en"}),
    Door("GET", "/api/v1/labels", SIGNED_IN, 200),
    Door("POST", "/api/v1/labels", SUPERVISORS, 409, {"name": "待补发"}),
    Door("PATCH", "/api/v1/labels/{label_id:uuid}", SUPERVISORS, 404, {"archived": True}),
    Door("GET", f"{RULES}/draft", SUPERVISORS, 200),
    Door("PUT", f"{RULES}/draft", SUPERVISORS, 409, {"revision": 7, "table": {"rules": [FALLBACK]}}),
    Door("POST", f"{RULES}/draft/publish", SUPERVISORS, 409, {"revision": 1, "why": "试试"}),
    Door("DELETE", f"{RULES}/draft", SUPERVISORS, 204),
    Door("GET", f"{RULES}/news", SUPERVISORS, 200),
    Door("POST", f"{RULES}/news/take", SUPERVISORS, 404, {"revision": 0, "rules": ["no.such"]}),
    Door("POST", f"{RULES}/news/decline", SUPERVISORS, 404, {"rules": ["no.such"], "why": "不要"}),
    Door("GET", f"{RULES}/versions", SUPERVISORS, 200),
    Door("GET", VERSION, SUPERVISORS, 200),
    Door("POST", f"{VERSION}/restore", SUPERVISORS, 201, {"why": "退回出厂规则"}),
    Door("POST", f"{RULES}/try", SUPERVISORS, 200, {"text": "转人工"}),
    Door("GET", f"{RULES}/dry-runs/latest", SUPERVISORS, 200),
    Door("GET", DRY_RUN, SUPERVISORS, 404),
    Door("POST", f"{DRY_RUN}/cancel", SUPERVISORS, 404),
    Door("POST", f"{RULES}/dry-runs", SUPERVISORS, 409, {"days": 7}),
    Door("GET", "/api/v1/routing/presence", SIGNED_IN, 200),
    Door("PUT", "/api/v1/routing/presence", AGENTS, 200, {"status": "offline"}),
    Door("GET", "/api/v1/routing/skills", SUPERVISORS, 200),
    Door("PUT", "/api/v1/routing/skills/{code:str}", SUPERVISORS, 422, {"name": "售后"}),
    Door("DELETE", "/api/v1/routing/skills/{code:str}", SUPERVISORS, 404),
    Door("PUT", "/api/v1/routing/staff/{staff_id:uuid}/abilities", SUPERVISORS, 404, {"grades": {}}),
    Door("GET", "/api/v1/routing/rules", SUPERVISORS, 200),
    Door("PUT", "/api/v1/routing/rules", SUPERVISORS, 200, {"limits": {}}),
    Door("GET", "/api/v1/outreach/settings", SUPERVISORS, 200),
    Door("PUT", "/api/v1/outreach/settings", SUPERVISORS, 409, {"version": 9999, "settings": {}}),
    Door("POST", "/api/v1/outreach/previews", SUPERVISORS, 200, {}),
    Door("GET", "/api/v1/outreach/overview", SUPERVISORS, 200),
    Door("GET", "/api/v1/outreach/findings", SUPERVISORS, 200),
    Door("GET", "/api/v1/chat/reminders", VISITORS, 200),
    Door("PUT", "/api/v1/chat/reminders", VISITORS, 200),
    Door("DELETE", "/api/v1/chat/reminders", VISITORS, 200),
    Door("GET", "/api/v1/chat/queue", VISITORS, 200),
    Door("PUT", "/api/v1/chat/ratings", VISITORS, 404, {"conversation_id": SOMEONE, "seq": 1, "verdict": "useful"}),
    Door("POST", "/api/v1/chat/callback", VISITORS, 409, {"phone": "13800138000"}),
    Door("GET", "/api/v1/routing/board", AGENTS | {"analyst"}, 200),
    Door(
        "POST",
        "/api/v1/routing/conversations/{conversation_id:uuid}/assign",
        AGENTS,
        404,
        {"staff_id": None},
    ),
    Door("GET", "/api/v1/tickets", SIGNED_IN, 200),
    Door("POST", "/api/v1/tickets", TICKET_WORKERS, 404, {"kind": "nothing"}),
    Door("GET", "/api/v1/tickets/board", SIGNED_IN, 200),
    Door("GET", "/api/v1/tickets/counts", SIGNED_IN, 200),
    Door("GET", "/api/v1/tickets/export/csv", SUPERVISORS | {"analyst"}, 200),
    Door("GET", "/api/v1/tickets/export/xlsx", SUPERVISORS | {"analyst"}, 200),
    Door("POST", "/api/v1/tickets/bulk", TICKET_WORKERS, 200, {"items": [{"id": SOMEONE}], "action": RAISE}),
    Door("GET", TICKET, SIGNED_IN, 404),
    Door("PATCH", TICKET, TICKET_WORKERS, 404, {"version": 1, "level": 2}),
    Door("POST", f"{TICKET}/merge", TICKET_WORKERS, 404, {"into_id": str(uuid4())}),
    Door("GET", f"{TICKET}/comments", SIGNED_IN, 404),
    Door("POST", f"{TICKET}/comments", TICKET_WORKERS, 404, {"text": "已催"}),
    Door("GET", f"{TICKET}/history", SIGNED_IN, 404),
    Door("POST", f"{TICKET}/links", TICKET_WORKERS, 404, {"order": {"shop": SHOP, "order_no": "LM1"}}),
    Door("DELETE", f"{TICKET}/links/{{link_id:uuid}}", TICKET_WORKERS, 404),
    Door("PUT", f"{TICKET}/watch", SIGNED_IN, 404),
    Door("DELETE", f"{TICKET}/watch", SIGNED_IN, 404),
    Door("PUT", f"{TICKET}/watchers", TICKET_WORKERS, 404, {"staff_ids": []}),
    Door("GET", f"{TICKET}/files/{{file_id:uuid}}", SIGNED_IN, 404),
    Door("POST", f"{TICKET}/uploads", TICKET_WORKERS, 404),
    Door("GET", f"{CONVERSATION}/tickets", SIGNED_IN, 404),
    Door("GET", "/api/v1/ticket-kinds", SIGNED_IN, 200),
    Door("POST", "/api/v1/ticket-kinds", SUPERVISORS, 422, KIND | {"code": "newest"}),
    Door("GET", "/api/v1/ticket-kinds/news", SUPERVISORS, 200),
    Door("POST", "/api/v1/ticket-kinds/news/decline", SUPERVISORS, 404, {"codes": ["no_such"], "why": "不要"}),
    Door("PUT", "/api/v1/ticket-kinds/{kind_id:uuid}", SUPERVISORS, 404, KIND | {"version": 1}),
    Door("GET", "/api/v1/ticket-meetings", SIGNED_IN, 200),
    Door("GET", "/api/v1/ticket-meetings/agenda", SIGNED_IN, 200),
    Door("GET", "/api/v1/ticket-meetings/{meeting_id:uuid}", SIGNED_IN, 404),
    Door("POST", "/api/v1/ticket-meetings", TICKET_WORKERS, 404, MINUTES),
    Door("GET", f"{CONVERSATION}/deadlines", SIGNED_IN, 404),
    Door("PUT", f"{CONVERSATION}/level", AGENTS, 404, {"level": 3, "reason": "投诉"}),
    Door("GET", f"{LEVELS}/limits", SUPERVISORS, 200),
    Door("PUT", f"{LEVELS}/limits/{{subject:str}}", SUPERVISORS, 404, {"limits": [], "reason": "放宽"}),
    Door("DELETE", f"{LEVELS}/limits/{{subject:str}}", SUPERVISORS, 404),
    Door("GET", f"{LEVELS}/calendars", SUPERVISORS, 200),
    Door("POST", f"{LEVELS}/calendars", SUPERVISORS, 422, CALENDAR),
    Door("PUT", f"{LEVELS}/calendars/{{calendar_id:uuid}}", SUPERVISORS, 404, CALENDAR),
    Door("DELETE", f"{LEVELS}/calendars/{{calendar_id:uuid}}", SUPERVISORS, 404),
    Door("POST", f"{LEVELS}/calendars/month", SUPERVISORS, 422, CALENDAR, query="year=2026&month=10"),
    Door("GET", f"{CONVERSATION}/escalations", SIGNED_IN, 404),
    Door("POST", f"{CONVERSATION}/escalations", AGENTS, 404, {"reason": "需要专员"}),
    Door("GET", "/api/v1/escalations", SIGNED_IN, 200),
    Door("GET", f"{TICKET}/escalations", SIGNED_IN, 404),
    Door("POST", "/api/v1/escalations/{escalation_id:uuid}/confirm", SIGNED_IN, 404),
    Door("GET", "/api/v1/escalations/chain", AGENTS, 200),
    Door("PUT", "/api/v1/escalations/chain", SUPERVISORS, 422, CHAIN),
    Door("GET", "/api/v1/warnings", SIGNED_IN, 200),
    Door("GET", "/api/v1/warnings/quality", SUPERVISORS | {"analyst"}, 200),
    Door("GET", "/api/v1/audit", ADMINISTRATORS, 200),
    Door("GET", "/api/v1/deeds", ADMINISTRATORS, 200),
    Door("POST", "/api/v1/hooks/{shop:str}", EVERYBODY, 401),
    Door("GET", "/api/v1/webhooks", ADMINISTRATORS, 200),
    Door("GET", "/api/v1/webhooks/event-types", ADMINISTRATORS, 200),
    Door("POST", "/api/v1/webhooks", ADMINISTRATORS, 422, HOOK | {"url": "https://127.0.0.1/"}),
    Door("PUT", WEBHOOK, ADMINISTRATORS, 404, HOOK),
    Door("DELETE", WEBHOOK, ADMINISTRATORS, 404),
    Door("POST", f"{WEBHOOK}/rotate", ADMINISTRATORS, 404, {}),
    Door("POST", f"{WEBHOOK}/ping", ADMINISTRATORS, 404),
    Door("GET", f"{WEBHOOK}/deliveries", ADMINISTRATORS, 404),
    Door("POST", "/api/v1/webhooks/deliveries/{delivery_id:uuid}/redeliver", ADMINISTRATORS, 404),
    Door("GET", "/api/v1/review/queue", SUPERVISORS, 200),
    Door("GET", "/api/v1/review/corrections", SUPERVISORS, 200),
    Door("POST", "/api/v1/review/corrections", SUPERVISORS, 404, CORRECTION),
    Door("GET", "/api/v1/review/corrections/export", SUPERVISORS, 200),
    Door("GET", "/api/v1/review/trainings", SUPERVISORS, 200),
    Door("POST", "/api/v1/review/trainings", SUPERVISORS, 409),
    Door("GET", TRAINING, SUPERVISORS, 404),
    Door("POST", f"{TRAINING}/cancel", SUPERVISORS, 404),
    Door("POST", f"{TRAINING}/publish", SUPERVISORS, 404, {"why": "更准"}),
    Door("GET", "/api/v1/review/models", SUPERVISORS, 200),
    Door("POST", "/api/v1/review/models/rollback", SUPERVISORS, 409, {"why": "变差了"}),
    Door("GET", "/api/v1/auth/me", SIGNED_IN, 200),
    Door("GET", "/api/v1/auth/sessions", SIGNED_IN, 200),
    Door("DELETE", "/api/v1/auth/sessions", SIGNED_IN, 204),
    Door("DELETE", "/api/v1/auth/sessions/{session_id:uuid}", SIGNED_IN, 404),
    Door("POST", "/api/v1/auth/password", SIGNED_IN, 422, {"current_password": "x", "new_password": PASSWORD}),
    Door("POST", "/api/v1/auth/login", EVERYBODY, 401, {"login": "nobody.here", "password": "x"}),
    Door("POST", "/api/v1/auth/invitation", EVERYBODY, 400, {"token": "x", "password": PASSWORD}),
    Door("POST", "/api/v1/auth/invitation/holder", EVERYBODY, 400, {"token": "x"}),
    Door(
        "POST",
        "/api/v1/setup",
        EVERYBODY,
        400,
        {"token": "x", "login": "a.b", "display_name": "某人", "password": PASSWORD},
    ),
    Door("GET", "/api/v1/staff", SIGNED_IN, 200),
    Door("POST", "/api/v1/staff", ADMINISTRATORS, 201, NEWCOMER),
    Door("PATCH", MEMBER, ADMINISTRATORS, 404, {"display_name": "新名"}),
    Door("POST", f"{MEMBER}/deactivate", ADMINISTRATORS, 404),
    Door("POST", f"{MEMBER}/reactivate", ADMINISTRATORS, 404),
    Door("POST", f"{MEMBER}/invitation", ADMINISTRATORS, 404),
    Door("GET", "/api/v1/roles", SIGNED_IN, 200),
    Door("POST", "/api/v1/roles", ADMINISTRATORS, 201, {"name": "夜班", "permissions": ["staff.read"]}),
    Door("PATCH", "/api/v1/roles/{role_id:uuid}", ADMINISTRATORS, 404, {"version": 1, "name": "晚班"}),
    Door("DELETE", "/api/v1/roles/{role_id:uuid}", ADMINISTRATORS, 404),
    Door("GET", "/api/v1/departments", SIGNED_IN, 200),
    Door("POST", "/api/v1/departments", ADMINISTRATORS, 201, {"code": "marketing", "name": "市场"}),
    Door(
        "POST",
        "/api/v1/departments/{department_id:uuid}/teams",
        ADMINISTRATORS,
        404,
        {"name": "夜班组"},
    ),
    Door("PATCH", "/api/v1/departments/{department_id:uuid}", ADMINISTRATORS, 404, {"name": "市场部"}),
    Door("PATCH", "/api/v1/teams/{team_id:uuid}", ADMINISTRATORS, 404, {"name": "晚班组"}),
    Door("GET", "/api/v1/api-keys", ADMINISTRATORS, 200),
    Door("POST", "/api/v1/api-keys", ADMINISTRATORS, 201, {"name": "数据同步", "scopes": ["staff.read"]}),
    Door("DELETE", "/api/v1/api-keys/{key_id:uuid}", ADMINISTRATORS, 404),
    Door("POST", "/api/v1/auth/logout", SIGNED_IN, 204),
)
#: Who may open them is held by `test_bad_sockets.py`.
SOCKETS = {"/api/v1/socket", "/api/v1/chat/socket"}


async def test_the_table_names_every_endpoint(system: RunningServer) -> None:
    routes = create_app(system.runtime).routes
    endpoints = {
        (method, route.path)
        for route in routes
        if isinstance(route, HTTPRoute) and route.path.startswith(("/api/", "/health/", "/metrics"))
        for method in route.methods - {"OPTIONS", "HEAD"}
    }
    assert endpoints == {(door.method, door.path) for door in DOORS}
    assert {route.path for route in routes if isinstance(route, WebSocketRoute)} == SOCKETS


@pytest.mark.parametrize("who", sorted(EVERYBODY))
async def test_every_endpoint_lets_in_whom_it_should(
    system: RunningServer, staff: dict[str, Colleague], who: str
) -> None:
    visitor = await Visitor.open(system.http)

    async def knock(door: Door) -> httpx.Response:
        json = door.json | {"login": f"no.{who}"} if door.json and "login" in door.json else door.json
        if who in staff:
            return await staff[who].call(door.method, f"{system.url}{door.url}", json=json)
        headers = visitor.headers if who == "visitor" else {}
        return await system.http.request(door.method, door.url, json=json, headers=headers)

    refusal = 403 if who in staff else 401
    expected = {
        door.path + " " + door.method: door.status
        if who in door.allowed
        else (401 if door.allowed == VISITORS else refusal)
        for door in DOORS
    }
    answers = {door.path + " " + door.method: await knock(door) for door in DOORS}
    assert {name: answer.status_code for name, answer in answers.items()} == expected
    refused = [answer for name, answer in answers.items() if answer.is_error and "openapi" not in name]
    assert {answer.headers["content-type"] for answer in refused} == {"application/problem+json"}

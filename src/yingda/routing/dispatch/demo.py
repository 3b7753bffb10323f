"""What the demo shop's people can do."""

from typing import Final

from yingda.identity import principals_of
from yingda.infra.database import Tx
from yingda.routing.dispatch.repository import skills
from yingda.routing.dispatch.schemas import SkillCategory, SkillDraft, StaffAbilities

_SKILLS: Final = {
    "lang.en": SkillDraft("英语", SkillCategory.LANGUAGE),
    "product.skincare": SkillDraft("护肤", SkillCategory.PRODUCT),
    "product.makeup": SkillDraft("彩妆", SkillCategory.PRODUCT),
    "after_sale": SkillDraft("售后处理", SkillCategory.AFTER_SALE),
    "complaint": SkillDraft("投诉处理", SkillCategory.COMPLAINT),
}
_GRADES: Final = {
    "小雅": {"product.skincare": 5, "lang.en": 3},
    "小舟": {"product.skincare": 3, "product.makeup": 4},
    "晓彤": {"product.makeup": 5, "complaint": 2},
    "语桐": {"after_sale": 5, "complaint": 4},
    "安然": {"after_sale": 4, "lang.en": 4},
    "一诺": {"after_sale": 3, "complaint": 5},
}


async def seed_demo_skills(tx: Tx) -> None:
    """Unless somebody keeps any already."""
    if await skills.skills(tx.conn):
        return
    for code, draft in _SKILLS.items():
        await skills.put_skill(tx.conn, code, draft)
    for person in await principals_of(tx.conn):
        if grades := _GRADES.get(person.display_name):
            await skills.set_abilities(tx.conn, person.staff_id, StaffAbilities(dict(grades)))

"""What can go wrong with people, passwords and keys."""

from yingda.kit.errors import BadRequest, Conflict, Forbidden, Invalid, RateLimited, Unauthenticated


class CredentialsInvalid(Unauthenticated):
    """One answer for a wrong name, a wrong password and a closed account: which of them is nobody's business."""

    code = "credentials_invalid"
    zh = "账号或密码不正确。"
    en = "The login name or the password is not correct."


class CurrentPasswordWrong(Invalid):
    code = "current_password_wrong"
    zh = "当前密码不正确。"
    en = "The current password is not correct."


class TooManyAttempts(RateLimited):
    code = "too_many_attempts"
    zh = "尝试次数过多，请 {seconds} 秒后再试。"
    en = "Too many attempts. Please try again in {seconds} seconds."


class CsrfTokenInvalid(Forbidden):
    code = "csrf_token_invalid"
    zh = "页面已过期，请刷新后重试。"
    en = "This page is out of date. Reload it and try again."


class CrossSiteRefused(Forbidden):
    code = "cross_site_refused"
    zh = "已拒绝来自其他网站的请求。"
    en = "Requests from other sites are refused."


class PasswordRefused(Invalid):
    code = "password_refused"
    zh = "密码不符合要求：至少 {minimum} 个字符，不能是常见密码，也不能包含登录名。"
    en = "Choose another password: at least {minimum} characters, not a common one, and without the login name in it."


class LoginRefused(Invalid):
    code = "login_refused"
    zh = "登录名需为 3 到 100 个字符，只能包含文字、数字和 . _ @ + -。"
    en = "A login name has 3 to 100 characters: letters, digits and . _ @ + - only."


class LoginTaken(Conflict):
    code = "login_taken"
    zh = "这个登录名已被使用。"
    en = "This login name is already in use."


class LinkInvalid(BadRequest):
    code = "link_invalid"
    zh = "链接无效、已过期或已被使用，请向管理员索取新的链接。"
    en = "This link is not valid, has expired or was used already. Ask an administrator for a new one."


class NameTaken(Conflict):
    code = "name_taken"
    zh = "已有同名或同代码的记录。"
    en = "There is already one with this name or code."


class MorePowerful(Forbidden):
    """Nobody hands out, or takes over, more than they hold themselves."""

    code = "exceeds_own_permissions"
    zh = "涉及的权限超出了您自己的权限。"
    en = "This involves permissions that you do not hold yourself."


class BuiltinRoleFixed(Conflict):
    code = "builtin_role_fixed"
    zh = "内置角色不能修改或删除，可以复制一份再改。"
    en = "A built-in role cannot be changed or deleted. Copy it and change the copy."


class RoleOutdated(Conflict):
    code = "role_outdated"
    zh = "角色“{name}”刚刚被他人修改，请重新打开它再改。"
    en = "The role {name} has just been changed by somebody else. Open it again first."


class RoleInUse(Conflict):
    """Deactivated colleagues count: they may come back."""

    code = "role_in_use"
    zh = "还有 {count} 位成员（包括已停用的）使用这个角色，请先给他们换别的角色，再删除。"
    en = "Held by {count} of your staff, deactivated ones included. Give them other roles first, then delete it."


class OwnWayIn(Conflict):
    code = "own_way_in"
    zh = "这样您自己就不能再管理成员了。请让另一位管理员来做这项修改。"
    en = "You could not manage staff yourself any more. Ask another administrator to make this change."


class LastAdministrator(Conflict):
    code = "last_administrator"
    zh = "至少要保留一名在职的管理员。"
    en = "At least one active administrator has to remain."


class NotYourself(Conflict):
    code = "not_yourself"
    zh = "不能停用自己的账号。"
    en = "You cannot deactivate your own account."


class ReferenceUnknown(Invalid):
    code = "reference_unknown"
    zh = "所选的角色、部门或小组不存在。"
    en = "The role, department or team chosen does not exist."


class ExpiryPast(Invalid):
    code = "expiry_past"
    zh = "到期时间必须晚于现在。"
    en = "The time of expiry must lie in the future."

"""In which order people wait: the one place that says so."""

#: Level, then priority, then the deadline, then time.
ORDER = "q.level DESC, q.priority DESC, q.due, q.since, q.conversation_id"


def key(row: str) -> str:
    """The same as a value that is smaller for whoever comes first."""
    return f"(-{row}.level, -{row}.priority, {row}.due, {row}.since, {row}.conversation_id)"


#: Whether somebody at `p` may be given anything new at moment $2, of whom dispatch gives at most $3 in an hour.
FREE = (
    "p.status = 'online' AND p.load < p.capacity AND (p.rest_until IS NULL OR p.rest_until <= $2) "
    "AND (p.hour_start IS NULL OR p.taken < $3 OR p.hour_start <= $2 - interval '1 hour')"
)

#: Whether the one at `p` is one of those whom the conversation at `q` waits for: their team, further teams that may
#: help by now, skill and language unless it is widened, and room in the channel.
FITS = """
(q.team_id IS NULL OR q.team_id = ANY(p.team_ids) OR EXISTS (
    SELECT FROM routing_overflow o
    WHERE o.team_id = q.team_id AND o.step <= q.step AND o.to_team_id = ANY(p.team_ids)))
AND (q.widened OR q.skill IS NULL OR EXISTS (
    SELECT FROM routing_staff_skills s WHERE s.skill = q.skill AND s.staff_id = p.staff_id))
AND (q.widened OR q.language IS NULL OR EXISTS (
    SELECT FROM routing_staff_skills s WHERE s.skill = q.language AND s.staff_id = p.staff_id))
AND NOT EXISTS (
    SELECT FROM routing_channel_limits c
    WHERE c.staff_id = p.staff_id AND c.channel = q.channel AND c.most <= coalesce((p.held->>q.channel)::int, 0))
"""

#: One more, or (negative) one fewer, of channel `channel` in the `held` of the row at `p`.
HELD = "jsonb_set(p.held, ARRAY[{channel}], to_jsonb(greatest(coalesce((p.held->>{channel})::int, 0) + {by}, 0)))"

"""Every question that the graph makes of itself gets an answer of the right kind, about what it names."""

from yingda.knowledge import Expert, catalogue


def test_every_question_is_answered(expert: Expert) -> None:
    asked = catalogue(expert.graph)
    assert len({one.question for one in asked}) == len(asked) >= 2000
    wrong = []
    for one in asked:
        answer = expert.ask(one.question)
        named = [node for node_id in one.about if (node := expert.graph.node(node_id))]
        told = all(
            any(name.split("（")[0].lower() in answer.answer.lower() for name in (node.name, *node.aliases))
            for node in named
        )
        if answer.kind is not one.kind or not set(one.about) <= set(answer.about) or not told:
            wrong.append((one, answer))
    assert wrong == []


def test_what_claims_something_names_its_sources(expert: Expert) -> None:
    for one in catalogue(expert.graph):
        answer = expert.ask(one.question)
        assert {fact.source for fact in answer.facts} <= {source.id for source in answer.sources}
        assert answer.sources or answer.handoff or one.kind in {"what", "effect", "suitability", "usage", "pregnancy"}

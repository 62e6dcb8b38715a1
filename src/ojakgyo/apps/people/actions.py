"""What is done about persons. The rows of one are kept by `keep`, for an action of an app above to do it in one stroke."""

from ojakgyo.apps.people.models import Person, PersonRole
from ojakgyo.domain.names import CodeName
from ojakgyo.domain.values.ids import PersonId
from ojakgyo.domain.values.roles import PersonRole as Role


def keep(name: CodeName, role: Role) -> PersonId:
    """A new person and the first role, inside the caller's transaction."""
    word, number = name.stored
    person = Person.objects.create(word=word, number=number)
    PersonRole.objects.create(person=person, role=role)
    return PersonId(person.pk)

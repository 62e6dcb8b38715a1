"""Facts: what happened, typed, in ids, closed enums, whole numbers, truths and instants; no text, no fraction, no name.

A released (kind, v) is never changed, renamed or removed: a new v and an upcaster come instead (`upcaster`), and its
golden JSON stands in tests/vectors/facts/.
"""

from ojakgyo.domain.facts.alerts import *
from ojakgyo.domain.facts.bodies import *
from ojakgyo.domain.facts.cards import *
from ojakgyo.domain.facts.chronicle import *
from ojakgyo.domain.facts.contact import *
from ojakgyo.domain.facts.declaring import *
from ojakgyo.domain.facts.home import *
from ojakgyo.domain.facts.intake import *
from ojakgyo.domain.facts.network import *
from ojakgyo.domain.facts.reaching import *
from ojakgyo.domain.facts.vault import *
from ojakgyo.domain.facts.vocabulary import *
from ojakgyo.domain.facts.watch import *

"""What the apps above add to a member's page; each registers in AppConfig.ready()."""

from apps.core.panels import Panels
from apps.members.models import Member

panels: Panels[Member] = Panels()

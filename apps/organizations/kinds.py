"""Kinds and sectors of party organizations, with the words that offices use for them."""

from __future__ import annotations

from django.db import models


class Kind(models.TextChoices):
    COMMITTEE = "committee", "党委"
    WORKING_COMMITTEE = "working_committee", "党工委"
    GENERAL_BRANCH = "general_branch", "党总支"
    BRANCH = "branch", "党支部"
    JOINT_BRANCH = "joint_branch", "联合党支部"
    TEMPORARY_BRANCH = "temporary_branch", "临时党支部"
    MOBILE_BRANCH = "mobile_branch", "流动党员党支部"


class Sector(models.TextChoices):
    COUNTY = "county_organ", "县直单位"
    TOWNSHIP = "township", "乡镇"
    VILLAGE = "village", "行政村"
    COMMUNITY = "community", "社区"
    AGENCY = "agency", "机关"
    INSTITUTION = "institution", "事业单位"
    SCHOOL = "school", "学校"
    STATE_ENTERPRISE = "state_enterprise", "国有企业"
    NON_PUBLIC_ENTERPRISE = "non_public_enterprise", "非公企业"
    SOCIAL_ORGANIZATION = "social_organization", "社会组织"


# What meets, votes and keeps a roster; it has no organizations below it.
BRANCH_KINDS = (Kind.BRANCH, Kind.JOINT_BRANCH, Kind.TEMPORARY_BRANCH, Kind.MOBILE_BRANCH)
# Sectors whose organizations serve five years at every level (ELEC-01).
VILLAGE_SECTORS = (Sector.VILLAGE, Sector.COMMUNITY)

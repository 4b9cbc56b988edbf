-- 25 townships of 20 villages, each with 5 branches of 22 members; 48 meetings a branch and year.
INSERT INTO organizations_organization (id, code, name, short_name, kind, sector, parent_id, path, founded_on, contact,
    phone, meeting_place, version)
SELECT 1, '77', '大县县委', '', 'committee', 'county_organ', NULL::bigint, '77/', '1949-01-01'::date, '', '', '', 1
UNION ALL
SELECT 100 + t, format('77%s', lpad(t::text, 3, '0')), format('第%s镇党委', t), '', 'committee', 'township', 1,
    format('77/77%s/', lpad(t::text, 3, '0')), '1990-01-01', '', '', '', 1
FROM generate_series(0, 24) t
UNION ALL
SELECT 1000 + v, format('77%s%s', lpad((v / 20)::text, 3, '0'), lpad((v % 20)::text, 3, '0')), format('第%s村党总支', v), '',
    'general_branch', 'village', 100 + v / 20,
    format('77/77%1$s/77%1$s%2$s/', lpad((v / 20)::text, 3, '0'), lpad((v % 20)::text, 3, '0')), '1990-01-01', '', '', '', 1
FROM generate_series(0, 499) v
UNION ALL
SELECT 10000 + b, format('77%s%s%s', lpad((b / 100)::text, 3, '0'), lpad((b / 5 % 20)::text, 3, '0'), lpad((b % 5)::text, 3, '0')),
    format('第%s支部', b), '', 'branch', 'village', 1000 + b / 5,
    format('77/77%1$s/77%1$s%2$s/77%1$s%2$s%3$s/', lpad((b / 100)::text, 3, '0'), lpad((b / 5 % 20)::text, 3, '0'),
        lpad((b % 5)::text, 3, '0')), '2000-01-01', '', '', '', 1
FROM generate_series(0, 2499) b;

INSERT INTO organizations_placement (organization_id, name, parent_id, path, since, reason)
SELECT id, name, parent_id, path, founded_on, '' FROM organizations_organization;

INSERT INTO organizations_partygroup (id, branch_id, name, since)
SELECT 10 * b + g, 10000 + b, format('第%s党小组', g), '2020-01-01' FROM generate_series(0, 2499, 4) b, generate_series(1, 2) g;

INSERT INTO organizations_term (organization_id, elected_on, years)
SELECT id, '2021-06-01'::date + (id % 2000)::int, 5 FROM organizations_organization;

INSERT INTO members_member (id, name, pinyin, initials, name_grams, sex, ethnic_group, id_number, id_digest, born_on, education,
    occupation, category, joined_on, joined_precision, full_on, full_precision, branch_id, status, address, is_mobile,
    mobile_destination, is_out_of_contact, on_probation_within_party, version)
SELECT m, '某人', 'mouren', 'mr', '{}', 'male', '01', '\x00', decode(lpad(to_hex(m), 64, '0'), 'hex'), '1970-01-01', '', '',
    'full', '1995-01-01'::date + m % 9000, 'day', '1996-01-01'::date + m % 9000 + m % 3, 'day', 10000 + m % 2500, 'active', '',
    false, '', false, false, 1
FROM generate_series(1, 55000) m;

INSERT INTO members_membershipevent (member_id, "on", cause, to_branch_id, note, recorded_at)
SELECT id, joined_on, 'opening', branch_id, '', now() FROM members_member;
INSERT INTO members_membershipevent (member_id, "on", cause, from_branch_id, to_branch_id, note, recorded_at)
SELECT id, '2026-10-01'::date + (id % 30)::int, CASE WHEN id % 2 = 0 THEN 'moved' ELSE 'deceased' END, branch_id,
    CASE WHEN id % 2 = 0 THEN 10000 + (branch_id - 10000 + 7) % 2500 END, '', now()
FROM members_member WHERE id % 500 = 3 OR id % 500 = 4;
UPDATE members_member SET branch_id = 10000 + (branch_id - 10000 + 7) % 2500 WHERE id % 500 = 4;
UPDATE members_member SET status = 'deceased' WHERE id % 500 = 3;

INSERT INTO meetings_meeting (id, organization_id, group_id, kinds, counted_kinds, held_at, state, submitted_at, place,
    topic, lecturer, guests, minutes, late_reason, return_reason, withdraw_reason, client_key, version, created_at, updated_at)
SELECT n, 10000 + n % 2500,
    CASE WHEN k = 3 AND n % 2500 % 4 = 0 THEN 10 * (n % 2500) + 1 + n / 2500 % 2 END,
    CASE k WHEN 0 THEN ARRAY['theme_day', 'lesson'] WHEN 1 THEN ARRAY['committee_meeting'] WHEN 2 THEN ARRAY['general_meeting']
        ELSE ARRAY[CASE WHEN n % 2500 % 4 = 0 THEN 'group_meeting' ELSE 'theme_day' END] END,
    CASE k WHEN 0 THEN ARRAY['theme_day', 'lesson'] WHEN 1 THEN ARRAY['committee_meeting'] WHEN 2 THEN ARRAY['general_meeting']
        ELSE ARRAY[CASE WHEN n % 2500 % 4 = 0 THEN 'group_meeting' ELSE 'theme_day' END] END,
    at, 'submitted', at + interval '1 day', '', '', '', '', '', '', '', '', gen_random_uuid(), 1, now(), now()
FROM (SELECT n, (n / 2500 + n) % 4 AS k,
             ('2025-11-01'::date + (n::bigint * 7919 % 365)::int + time '15:00') AT TIME ZONE 'Asia/Shanghai' AS at
      FROM generate_series(0, 119999) n) plan;

INSERT INTO meetings_attendance (meeting_id, member_id, presence, reason, may_vote, late, excluded, exclusion, exclusion_paper)
SELECT meeting.id, 1 + (meeting.organization_id - 10000 + 2499) % 2500 + 2500 * seat,
    CASE WHEN (meeting.id + seat) % 9 = 0 THEN 'excused' ELSE 'present' END,
    CASE WHEN (meeting.id + seat) % 9 = 0 THEN CASE WHEN seat % 2 = 0 THEN 'away' ELSE 'personal' END ELSE '' END, true,
    false, false, '', ''
FROM meetings_meeting meeting, generate_series(0, 8) seat WHERE seat < 8 OR meeting.id % 3 = 0;

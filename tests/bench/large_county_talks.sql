-- Each branch of large_county.sql has a committee of three, and the talks of its year: every two of the committee, each
-- other member with one of them, and (but in every third branch, which is still at it) the others by twos.
INSERT INTO members_seat (term_id, member_id, position, since)
SELECT term.id, 1 + (organization_id - 10000 + 2499) % 2500 + 2500 * seat,
    (ARRAY['1_secretary', '3_organization', '5_discipline'])[seat + 1], elected_on
FROM organizations_term term, generate_series(0, 2) seat WHERE organization_id >= 10000;

INSERT INTO talks_talk (branch_id, one_id, other_id, held_on, occasion, recorded_at, withdraw_reason)
SELECT 10000 + b, first_of_branch + 2500 * one, first_of_branch + 2500 * other,
    '2026-02-01'::date + (b + 7 * one + 11 * other) % 290, 'routine', now(), ''
FROM (SELECT b, 1 + (b + 2499) % 2500 AS first_of_branch FROM generate_series(0, 2499) b) branch,
    (VALUES (0, 1), (0, 2), (1, 2)
     UNION ALL SELECT seat % 3, seat FROM generate_series(3, 21) seat
     UNION ALL SELECT seat, seat + 1 FROM generate_series(3, 19, 2) seat
     UNION ALL SELECT 20, 21) pair (one, other)
WHERE b % 3 > 0 OR one < 3;

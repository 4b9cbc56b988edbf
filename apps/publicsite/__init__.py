"""The public side: only GET, no session, no cookie; it reads nothing but models of published views."""

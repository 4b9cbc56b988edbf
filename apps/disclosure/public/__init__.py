"""The public side: only GET, no session, no cookie; it reads nothing but the views of `models.published`."""

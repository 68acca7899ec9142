-- Who came into a segment lately, without reading all who are in it.
CREATE INDEX segment_member_newest ON segment_member (workspace_id, segment_id, changed_at DESC) WHERE is_in;

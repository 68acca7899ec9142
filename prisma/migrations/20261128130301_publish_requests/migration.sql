-- A draft that somebody wants published where the workspace asks for a second person: one open request a journey.
CREATE TABLE publish_request (
  workspace_id uuid NOT NULL, id uuid NOT NULL, journey_id uuid NOT NULL,
  revision int NOT NULL, moves jsonb NOT NULL DEFAULT '{}', note text NOT NULL DEFAULT '',
  state text NOT NULL DEFAULT 'open',        -- open, approved, rejected, withdrawn, outdated
  asked_by text NOT NULL, asked_at timestamptz(3) NOT NULL,
  decided_by text, decided_at timestamptz(3), words text,
  version int,                               -- what an approved one became
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, journey_id) REFERENCES journey (workspace_id, id),
  FOREIGN KEY (workspace_id, journey_id, version) REFERENCES plan (workspace_id, journey_id, version));
CREATE UNIQUE INDEX publish_request_open ON publish_request (workspace_id, journey_id) WHERE state = 'open';
CREATE INDEX publish_request_of ON publish_request (workspace_id, journey_id, asked_at DESC);

GRANT SELECT, INSERT, UPDATE, DELETE ON publish_request TO regulars_tenant;
ALTER TABLE publish_request ENABLE ROW LEVEL SECURITY;
CREATE POLICY tenant ON publish_request TO regulars_tenant USING (workspace_id = nullif(current_setting('regulars.workspace', true), '')::uuid);

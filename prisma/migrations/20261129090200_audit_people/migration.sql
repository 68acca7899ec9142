-- What people did is looked for among millions of lines that tills and programs left; written only when a person does something.
CREATE INDEX audit_people ON audit (workspace_id, id) WHERE starts_with(actor, 'user:');

-- Each turn of a lane and each batch needs to know a workspace's live journeys: of 200 of them that was most of what an event cost. The stamp is
-- another whenever one of them begins, ends, is paused, published or gets shards, so that a process may keep what it read under it. Never a number:
-- a restored backup would come to the same one again with other journeys. Null before the first change.
ALTER TABLE workspace ADD COLUMN journeys_stamp uuid;

-- As its owner: whoever may change a journey need not be allowed to change the workspace.
CREATE FUNCTION stamp_journeys() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  UPDATE workspace SET journeys_stamp = gen_random_uuid() WHERE id = COALESCE(NEW.workspace_id, OLD.workspace_id);
  RETURN NULL;
END $$;
CREATE TRIGGER journey_stamped AFTER INSERT OR DELETE ON journey FOR EACH ROW EXECUTE FUNCTION stamp_journeys();
CREATE TRIGGER journey_restamped AFTER UPDATE ON journey FOR EACH ROW
  WHEN ((OLD.state, OLD.plan_id, OLD.shards, OLD.mappings) IS DISTINCT FROM (NEW.state, NEW.plan_id, NEW.shards, NEW.mappings))
  EXECUTE FUNCTION stamp_journeys();

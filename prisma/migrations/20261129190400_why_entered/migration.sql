-- What a run was asked for as it entered, and by the event that has just won its wait, leaf by leaf; null where nothing was asked. They cost a row
-- nothing where they are null, and adding them rewrites none.
ALTER TABLE run ADD COLUMN entry_why jsonb, ADD COLUMN ready_why jsonb;

-- A rejected event is found by its order's number and by its message id, as far as a number is read. Columns of their own: behind row-level
-- security an index of an expression over jsonb is not used.
ALTER TABLE dead_letter
  ADD COLUMN order_number text GENERATED ALWAYS AS (left(coalesce(payload #>> '{said,properties,order_id}', payload #>> '{properties,order_id}'), 255)) STORED,
  ADD COLUMN message_id text GENERATED ALWAYS AS (left(payload ->> 'messageId', 255)) STORED;
CREATE INDEX dead_letter_order ON dead_letter (workspace_id, order_number) WHERE order_number IS NOT NULL;
CREATE INDEX dead_letter_message ON dead_letter (workspace_id, message_id) WHERE message_id IS NOT NULL;

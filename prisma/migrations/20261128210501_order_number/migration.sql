-- An order is looked for by its number alone, as a customer reads it out.
CREATE INDEX member_order_number ON member_order (order_id, workspace_id);

-- What an offer is called in each language; the name it had stays, for readers of every other.
ALTER TABLE offer ADD COLUMN names jsonb NOT NULL DEFAULT '{}';

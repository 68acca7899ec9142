-- How often somebody tried to sign in lately, by account and by network: counted here, so that it holds over processes and restarts. Global, as
-- people are; subject: a hash of the account's address, or a network.
CREATE TABLE sign_in_attempt (
  subject text PRIMARY KEY, count int NOT NULL, since timestamptz(3) NOT NULL) WITH (fillfactor = 50);
CREATE INDEX sign_in_attempt_since ON sign_in_attempt (since);

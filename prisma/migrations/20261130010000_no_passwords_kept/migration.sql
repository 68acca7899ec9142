-- Answers that told a one-time password were kept for their Idempotency-Key, two days long. They are kept no more; whose call comes again acts anew.
DELETE FROM idempotency WHERE route IN ('POST /people', 'POST /people/:person/password');

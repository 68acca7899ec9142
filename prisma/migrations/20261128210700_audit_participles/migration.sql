-- Audited actions are named by what was done: a thing and a past participle.
UPDATE audit SET action = CASE action
    WHEN 'broadcast.pause' THEN 'broadcast.paused'
    WHEN 'broadcast.resume' THEN 'broadcast.resumed'
    ELSE 'broadcast.cancelled' END
WHERE action IN ('broadcast.pause', 'broadcast.resume', 'broadcast.cancel');

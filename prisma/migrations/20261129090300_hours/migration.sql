-- Hours past their keeping are found by their age.
CREATE INDEX traffic_hour ON traffic (hour);
CREATE INDEX message_traffic_hour ON message_traffic (hour);

-- Which silence or date had come before its journey was published, which let nobody in for whom it had, so that "why" can say so.
ALTER TABLE due ADD COLUMN before text;

-- Which silence or date passed because what told of it told of the past, so that "why" can say so.
ALTER TABLE due ADD COLUMN told text;

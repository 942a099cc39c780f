-- Where Home stands, and the damaged file that was set aside, until the person has read of it.
ALTER TABLE phone ADD COLUMN place INTEGER REFERENCES intercom ON DELETE SET NULL;
ALTER TABLE phone ADD COLUMN set_aside TEXT;

-- 0007  audit: the sealer's cursor says what it is
--
-- Why    every table tells its purpose in the catalogue.
-- Locks  none to speak of.
comment on table audit.seal_cursor is 'How far the log is sealed, and the lock of the sealer. No tenant: one order for all.';

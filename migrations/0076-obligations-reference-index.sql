-- 0076  obligations: an obligation finds its waivers
--
-- Why    the reference is followed backwards when an obligation is changed, and by its page.
-- Locks  SHARE on obligations.waivers while the index is built.
create index waivers_of_obligation on obligations.waivers (tenant_id, obligation_id);

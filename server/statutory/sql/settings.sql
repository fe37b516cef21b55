-- settings: the tenant's choices
select s.key, s.value, s.version
  from gov.settings as s
 order by s.key

-- months: the coming months of every monthly table; strays lie in a default partition, where nothing may lie
select table_name, made::bigint as made, strays
  from platform.keep_months ()

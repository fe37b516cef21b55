-- stream-source: the cluster and epoch of this database's transaction ids
select e.epoch, e.system_identifier as recorded, c.system_identifier as here
  from platform.stream_epoch as e
 cross join pg_control_system() as c

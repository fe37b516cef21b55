-- 0054  timekeeping: look-ups by employee are planned by the employee, also while a month is empty
--
-- Why    the worker keeps its plans. Without statistics the planner sees two indexes that cost the same and takes the one that was made
--        last: for time logs and anomalies that was the one by time, and a burst into an empty month read all of it for each
--        employee. So the ones by employee are made last. (DTR lines are looked up by rows of employee and day, which only their
--        key can answer.)
-- Locks  ACCESS EXCLUSIVE on both tables while two indexes are built anew.
drop index timekeeping.time_logs_of_employee;
create index time_logs_of_employee on timekeeping.time_logs (tenant_id, employee_id, event_ts);
drop index timekeeping.anomalies_of_employee;
create index anomalies_of_employee on timekeeping.anomalies (tenant_id, employee_id, duty_date);

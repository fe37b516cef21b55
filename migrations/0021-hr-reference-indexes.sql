-- 0021  hr: departments and positions find their employments
--
-- Why    a reference is followed backwards when its target is changed or deleted, and by the lists of who is in a department.
-- Locks  SHARE on hr_core.employments while each index is built.
create index employments_of_department on hr_core.employments (tenant_id, department_id);
create index employments_of_position on hr_core.employments (tenant_id, position_id);

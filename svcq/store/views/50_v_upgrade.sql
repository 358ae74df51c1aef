-- 四: upgrades, void ones too; skipped steps are in v_upgrade_skip, the dated people in v_assignment.
select u.id, u.number, u.customer_id, c.name as customer, c.region, u.applied_on, u.arranged_on, u.planned_on, u.plan_on,
       u.registered_on, u.discussed_on, u.tested_on, u.no_test_reason, u.approved_on, u.done_on, u.version,
       u.issues_solved, u.surprises, u.special_modifications, u.brought_back_on, u.left_on, u.report_on, u.mailed_on,
       u.called_on, u.stable, u.solved, u.arranged, u.answer, u.informed_on, u.second_called_on, u.second_stable,
       u.second_solved, u.second_arranged, u.second_answer, u.second_informed_on, u.first_on, u.void_on, u.void_reason
from upgrade u join customer c on c.id = u.customer_id

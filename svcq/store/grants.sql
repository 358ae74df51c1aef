-- Readers: the views, the facts about the store (setting) and its revision. Writers: all tables, but the audit only to
-- read and to add to. Only where the role was given the schema: roles belong to the whole server, a store does not.
do $$
declare
  role text;
  found record;
begin
  for role in
    select distinct r.rolname
    from pg_namespace n cross join lateral aclexplode(n.nspacl) a join pg_roles r on r.oid = a.grantee
    where n.nspname = current_schema() and r.rolname in ('svcq_reader', 'svcq_writer') and a.privilege_type = 'USAGE'
  loop
    for found in
      select c.oid::regclass as name, c.relname::text as plain, c.relkind
      from pg_class c
      where c.relnamespace = quote_ident(current_schema())::regnamespace and c.relkind in ('r', 'p', 'v', 'S')
        and not c.relispartition
    loop
      execute format('revoke all on %s from %I', found.name, role);
      if found.relkind = 'v' or found.plain in ('setting', 'alembic_version') then
        execute format('grant select on %s to %I', found.name, role);
      end if;
      if role = 'svcq_reader' or found.relkind = 'v' or found.plain = 'alembic_version' then
        continue;
      end if;
      if found.relkind = 'S' then
        execute format('grant usage, select, update on sequence %s to %I', found.name, role);
      elsif found.plain = 'audit' then
        execute format('grant select, insert on %s to %I', found.name, role);
      else
        execute format('grant select, insert, update, delete on %s to %I', found.name, role);
      end if;
    end loop;
  end loop;
end
$$;

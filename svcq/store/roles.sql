-- Who may do what in a shared store: to be run once by the owner of the database, in the schema of the store.
--
--   svcq_reader  reads the public views, and nothing else of a record
--   svcq_writer  works with svcq: adds, changes and deletes records; the audit it can only add to
--   the owner    makes the store, and brings its schema up when a newer svcq comes
--
-- Both are groups without a login: `grant svcq_reader to anna`. Running this again does no harm. The schema is to
-- hold the store alone. What later schema steps make is shared in the same way, by svcq itself.
do $$
begin
  if not exists (select 1 from pg_roles where rolname = 'svcq_reader') then
    create role svcq_reader nologin;
  end if;
  if not exists (select 1 from pg_roles where rolname = 'svcq_writer') then
    create role svcq_writer nologin;
  end if;
  execute format('revoke create on schema %I from public', current_schema());
  execute format('grant usage on schema %I to svcq_reader, svcq_writer', current_schema());
end
$$;

import { Migration } from '@mikro-orm/migrations';

export class ReadModels extends Migration {
  override up(): void {
    this.addSql(`
      create table checkpoints (
        name text not null,
        version int not null,
        number bigint not null,
        sequence bigint not null,
        hash text not null,
        primary key (name)
      )
    `);
    this.addSql(`
      create table jobs (
        id int not null,
        type text not null,
        state text collate "C" generated always as (case when end_state is not null then end_state when stopping_at is not null or forced_at is not null then 'stopping' when started_at is not null then 'running' else 'ready' end) stored not null,
        task text not null,
        environment text collate "C" not null,
        owner text not null,
        nodes_new int not null,
        nodes_running int not null,
        nodes_finished int not null,
        nodes_failed int not null,
        nodes_errored int not null,
        nodes_skipped int not null,
        created_at bigint not null,
        started_at bigint null,
        stopping_at bigint null,
        forced_at bigint null,
        finished_at bigint null,
        end_state text null,
        primary key (id)
      )
    `);
    this.addSql('create index jobs_owner_id_index on jobs (owner, id)');
    this.addSql('create index jobs_environment_id_index on jobs (environment, id)');
    this.addSql('create index jobs_state_id_index on jobs (state, id)');
    this.addSql('create index jobs_finished_at_id_index on jobs (finished_at, id)');
    this.addSql(`
      create table job_details (
        id int not null,
        details text not null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table job_events (
        job int not null,
        number bigint not null,
        type text not null,
        at bigint not null,
        node text null,
        detail text null,
        large text null,
        primary key (job, number)
      )
    `);
    this.addSql(`
      create table job_nodes (
        job int not null,
        name text collate "C" not null,
        position int not null,
        state text collate "C" not null,
        changed_at bigint not null,
        started_at bigint null,
        finished_at bigint null,
        latest_event bigint not null,
        primary key (job, name)
      )
    `);
    this.addSql(`
      create table scheduled_jobs (
        id int not null,
        type text collate "C" not null,
        environment text collate "C" not null,
        owner text not null,
        next_run bigint not null,
        scheduled_time bigint not null,
        primary key (id)
      )
    `);
    this.addSql('create index scheduled_jobs_next_run_id_type_index on scheduled_jobs (next_run, id, type)');
    this.addSql(
      'create index scheduled_jobs_scheduled_time_id_type_index on scheduled_jobs (scheduled_time, id, type)',
    );
    this.addSql('create index scheduled_jobs_type_id_index on scheduled_jobs (type, id)');
    this.addSql('create index scheduled_jobs_environment_id_type_index on scheduled_jobs (environment, id, type)');
    this.addSql('create index scheduled_jobs_owner_id_type_index on scheduled_jobs (owner, id, type)');
    this.addSql(`
      create table scheduled_job_counts (
        ordering text not null,
        bucket bigint not null,
        type text not null,
        count bigint not null,
        primary key (ordering, bucket, type)
      )
    `);
    this.addSql(`
      create or replace function count_scheduled_jobs() returns trigger language plpgsql as $$
      declare changed text := case tg_op
        when 'INSERT' then 'select 1 as change, * from added'
        when 'DELETE' then 'select -1 as change, * from removed'
        else 'select 1 as change, * from added union all select -1, * from removed'
      end;
      begin
        execute format(
          'insert into scheduled_job_counts (ordering, bucket, type, count)
           select place.ordering, place.bucket, changed.type, sum(changed.change)
           from (%s) as changed
           cross join lateral (values
             (''next_run'', changed.next_run / 3600000),
             (''scheduled_time'', changed.scheduled_time / 3600000),
             (''id'', changed.id / 4096)
           ) as place (ordering, bucket)
           group by 1, 2, 3 having sum(changed.change) <> 0
           on conflict (ordering, bucket, type) do update set count = scheduled_job_counts.count + excluded.count',
          changed
        );
        if tg_op <> 'INSERT' then
          delete from scheduled_job_counts where count = 0;
        end if;
        return null;
      end $$
    `);
    const tables = {
      insert: 'new table as added',
      update: 'new table as added old table as removed',
      delete: 'old table as removed',
    };
    for (const [change, referencing] of Object.entries(tables)) {
      this.addSql(`
        create trigger scheduled_jobs_${change} after ${change} on scheduled_jobs referencing ${referencing}
        for each statement execute function count_scheduled_jobs()
      `);
    }
    this.addSql(`
      create or replace function take_off_jobs() returns trigger language plpgsql as $$
      begin
        update totals set count = totals.count - gone.count
        from (
          select 'jobs' as name, count(*) as count from removed
          union all
          select 'jobs:' || type, count(*) from removed group by type
        ) as gone
        where totals.name = gone.name;
        return null;
      end $$
    `);
    this.addSql(`
      create trigger jobs_delete after delete on jobs referencing old table as removed
      for each statement execute function take_off_jobs()
    `);
    this.addSql(`
      create table scheduled_job_details (
        id int not null,
        owner text not null,
        scheduled_time bigint not null,
        interval_s bigint null,
        ended text null,
        details text not null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table scheduled_job_runs (
        id int not null,
        at bigint not null,
        job int null,
        refusal text null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table nodes (
        name text collate "C" not null,
        first_seen_at bigint not null,
        primary key (name)
      )
    `);
    this.addSql(`
      create table node_groups (
        id text not null,
        details text not null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table subjects (
        id text not null,
        login text collate "C" not null,
        details text not null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table roles (
        id int not null,
        details text not null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table tokens (
        id int not null,
        subject text not null,
        details text not null,
        issued_at bigint not null,
        revoked_at bigint null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table task_targets (
        id int not null,
        details text not null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table totals (
        name text not null,
        count bigint not null,
        primary key (name)
      )
    `);
  }
}

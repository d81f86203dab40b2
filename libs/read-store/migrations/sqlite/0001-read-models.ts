import { Migration } from '@mikro-orm/migrations';

export class ReadModels extends Migration {
  override up(): void {
    this.addSql(`
      create table checkpoints (
        name text not null primary key,
        version integer not null,
        number bigint not null,
        sequence bigint not null,
        hash text not null
      )
    `);
    this.addSql(`
      create table jobs (
        id integer not null primary key,
        type text not null,
        state text generated always as (case when end_state is not null then end_state when stopping_at is not null or forced_at is not null then 'stopping' when started_at is not null then 'running' else 'ready' end) stored,
        task text not null,
        environment text not null,
        owner text not null,
        nodes_new integer not null,
        nodes_running integer not null,
        nodes_finished integer not null,
        nodes_failed integer not null,
        nodes_errored integer not null,
        nodes_skipped integer not null,
        created_at bigint not null,
        started_at bigint null,
        stopping_at bigint null,
        forced_at bigint null,
        finished_at bigint null,
        end_state text null
      )
    `);
    this.addSql('create index jobs_owner_id_index on jobs (owner, id)');
    this.addSql('create index jobs_environment_id_index on jobs (environment, id)');
    this.addSql('create index jobs_state_id_index on jobs (state, id)');
    this.addSql('create index jobs_finished_at_id_index on jobs (finished_at, id)');
    this.addSql(`
      create table job_details (
        id integer not null primary key,
        details text not null
      )
    `);
    this.addSql(`
      create table job_events (
        job integer not null,
        number bigint not null,
        type text not null,
        at bigint not null,
        node text null,
        detail text null,
        large text null,
        primary key (job, number)
      ) without rowid
    `);
    this.addSql(`
      create table job_nodes (
        job integer not null,
        name text not null,
        position integer not null,
        state text not null,
        changed_at bigint not null,
        started_at bigint null,
        finished_at bigint null,
        latest_event bigint not null,
        primary key (job, name)
      ) without rowid
    `);
    this.addSql(`
      create table scheduled_jobs (
        id integer not null primary key,
        type text not null,
        environment text not null,
        owner text not null,
        next_run bigint not null,
        scheduled_time bigint not null
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
      ) without rowid
    `);
    const buckets = (row: 'new' | 'old') =>
      [
        `('next_run', ${row}.next_run / 3600000)`,
        `('scheduled_time', ${row}.scheduled_time / 3600000)`,
        `('id', ${row}.id / 4096)`,
      ].join(', ');
    const counted = `
      insert into scheduled_job_counts (ordering, bucket, type, count)
      select column1, column2, new.type, 1 from (values ${buckets('new')}) where true
      on conflict (ordering, bucket, type) do update set count = count + 1;
    `;
    const forgotten = `
      update scheduled_job_counts set count = count - 1
      where (ordering, bucket) in (values ${buckets('old')}) and type = old.type;
      delete from scheduled_job_counts
      where (ordering, bucket) in (values ${buckets('old')}) and type = old.type and count = 0;
    `;
    this.addSql(`create trigger scheduled_jobs_insert after insert on scheduled_jobs begin ${counted} end`);
    this.addSql(`create trigger scheduled_jobs_delete after delete on scheduled_jobs begin ${forgotten} end`);
    this.addSql(`
      create trigger scheduled_jobs_update after update on scheduled_jobs
      when old.next_run / 3600000 <> new.next_run / 3600000
      begin ${forgotten} ${counted} end
    `);
    this.addSql(`
      create trigger jobs_delete after delete on jobs
      begin update totals set count = count - 1 where name in ('jobs', 'jobs:' || old.type); end
    `);
    this.addSql(`
      create table scheduled_job_details (
        id integer not null primary key,
        owner text not null,
        scheduled_time bigint not null,
        interval_s bigint null,
        ended text null,
        details text not null
      )
    `);
    this.addSql(`
      create table scheduled_job_runs (
        id integer not null primary key,
        at bigint not null,
        job integer null,
        refusal text null
      )
    `);
    this.addSql(`
      create table nodes (
        name text not null primary key,
        first_seen_at bigint not null
      )
    `);
    this.addSql(`
      create table node_groups (
        id text not null primary key,
        details text not null
      )
    `);
    this.addSql(`
      create table subjects (
        id text not null primary key,
        login text not null,
        details text not null
      )
    `);
    this.addSql(`
      create table roles (
        id integer not null primary key,
        details text not null
      )
    `);
    this.addSql(`
      create table tokens (
        id integer not null primary key,
        subject text not null,
        details text not null,
        issued_at bigint not null,
        revoked_at bigint null
      )
    `);
    this.addSql(`
      create table task_targets (
        id integer not null primary key,
        details text not null
      )
    `);
    this.addSql(`
      create table totals (
        name text not null primary key,
        count bigint not null
      )
    `);
  }
}

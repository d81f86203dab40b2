import { Migration } from '@mikro-orm/migrations';

export class AppJobs extends Migration {
  override up(): void {
    this.addSql(`
      create table app_jobs (
        id bigint not null,
        app text collate "C" not null,
        name text collate "C" not null,
        state text collate "C" generated always as (case when ended_at is not null then 'ended' when paused_at is not null then 'paused' when open_runs > 0 then 'due' else 'scheduled' end) stored not null,
        version bigint not null,
        created_at bigint not null,
        next_run bigint null,
        last_run bigint not null,
        runs bigint not null,
        occurrences bigint not null,
        open_runs bigint not null,
        dead_letters bigint not null,
        skips bigint not null,
        paused_at bigint null,
        ended_at bigint null,
        end_reason text null,
        primary key (id)
      )
    `);
    this.addSql('create index app_jobs_active_name_index on app_jobs (app, name, id) where ended_at is null');
    this.addSql('create index app_jobs_active_next_run_index on app_jobs (app, next_run, id) where ended_at is null');
    this.addSql('create index app_jobs_active_last_run_index on app_jobs (app, last_run, id) where ended_at is null');
    this.addSql('create index app_jobs_active_id_index on app_jobs (app, id) where ended_at is null');
    this.addSql(
      'create index app_jobs_busy_index on app_jobs (app, state, id) where paused_at is not null or open_runs > 0',
    );
    this.addSql('create index app_jobs_ended_name_index on app_jobs (app, name, id) where ended_at is not null');
    this.addSql(
      'create index app_jobs_ended_last_run_index on app_jobs (app, last_run, id) where ended_at is not null',
    );
    this.addSql('create index app_jobs_ended_id_index on app_jobs (app, id) where ended_at is not null');
    this.addSql('create index app_jobs_dead_letters_index on app_jobs (app, dead_letters) where dead_letters > 0');
    this.addSql(`
      create table app_job_details (
        id bigint not null,
        details text not null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table app_job_counts (
        app text collate "C" not null,
        state text not null,
        count bigint not null,
        primary key (app, state)
      )
    `);
    this.addSql(`
      create table app_job_runs (
        run bigint not null,
        job bigint not null,
        occurrence bigint not null,
        fired_at bigint not null,
        fired_by text not null,
        supersedes int not null,
        state text not null,
        started_at bigint null,
        finished_at bigint null,
        attempts int not null,
        dead_since bigint null,
        redelivered_at bigint null,
        primary key (run)
      )
    `);
    this.addSql('create index app_job_runs_job_run_index on app_job_runs (job, run)');
    this.addSql('create index app_job_runs_superseding_index on app_job_runs (job, run) where supersedes = 1');
    this.addSql('create index app_job_runs_dead_index on app_job_runs (dead_since, run) where dead_since is not null');
    this.addSql(`
      create table app_job_attempts (
        run bigint not null,
        attempt int not null,
        started_at bigint not null,
        finished_at bigint not null,
        failure text not null,
        primary key (run, attempt)
      )
    `);
    this.addSql(`
      create table app_job_skips (
        job bigint not null,
        number bigint not null,
        reason text not null,
        first_at bigint not null,
        last_at bigint not null,
        count bigint not null,
        is_at_least int not null,
        primary key (job, number)
      )
    `);
    this.addSql(`
      create table apps (
        id text collate "C" not null,
        addresses text not null,
        has_token int not null,
        nats_key text null,
        calls_at_once int not null,
        primary key (id)
      )
    `);
    this.addSql(`
      create or replace function count_app_jobs() returns trigger language plpgsql as $$
      declare changed text := case tg_op
        when 'INSERT' then 'select 1 as change, app, state from added'
        else 'select 1 as change, app, state from added union all select -1, app, state from removed'
      end;
      begin
        execute format(
          'insert into app_job_counts (app, state, count)
           select app, state, sum(change) from (%s) as changed
           group by app, state having sum(change) <> 0
           on conflict (app, state) do update set count = app_job_counts.count + excluded.count',
          changed
        );
        if tg_op <> 'INSERT' then
          delete from app_job_counts where count = 0;
        end if;
        return null;
      end $$
    `);
    const tables = { insert: 'new table as added', update: 'new table as added old table as removed' };
    for (const [change, referencing] of Object.entries(tables)) {
      this.addSql(`
        create trigger app_jobs_${change} after ${change} on app_jobs referencing ${referencing}
        for each statement execute function count_app_jobs()
      `);
    }
  }
}

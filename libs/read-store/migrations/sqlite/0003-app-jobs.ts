import { Migration } from '@mikro-orm/migrations';

export class AppJobs extends Migration {
  override up(): void {
    this.addSql(`
      create table app_jobs (
        id integer not null primary key,
        app text not null,
        name text not null,
        state text generated always as (case when ended_at is not null then 'ended' when paused_at is not null then 'paused' when open_runs > 0 then 'due' else 'scheduled' end) stored,
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
        end_reason text null
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
        id integer not null primary key,
        details text not null
      )
    `);
    this.addSql(`
      create table app_job_counts (
        app text not null,
        state text not null,
        count bigint not null,
        primary key (app, state)
      ) without rowid
    `);
    this.addSql(`
      create table app_job_runs (
        run integer not null primary key,
        job bigint not null,
        occurrence bigint not null,
        fired_at bigint not null,
        fired_by text not null,
        supersedes integer not null,
        state text not null,
        started_at bigint null,
        finished_at bigint null,
        attempts integer not null,
        dead_since bigint null,
        redelivered_at bigint null
      )
    `);
    this.addSql('create index app_job_runs_job_run_index on app_job_runs (job, run)');
    this.addSql('create index app_job_runs_superseding_index on app_job_runs (job, run) where supersedes = 1');
    this.addSql('create index app_job_runs_dead_index on app_job_runs (dead_since, run) where dead_since is not null');
    this.addSql(`
      create table app_job_attempts (
        run bigint not null,
        attempt integer not null,
        started_at bigint not null,
        finished_at bigint not null,
        failure text not null,
        primary key (run, attempt)
      ) without rowid
    `);
    this.addSql(`
      create table app_job_skips (
        job bigint not null,
        number bigint not null,
        reason text not null,
        first_at bigint not null,
        last_at bigint not null,
        count bigint not null,
        is_at_least integer not null,
        primary key (job, number)
      ) without rowid
    `);
    this.addSql(`
      create table apps (
        id text not null primary key,
        addresses text not null,
        has_token integer not null,
        nats_key text null,
        calls_at_once integer not null
      )
    `);
    const counted = `
      insert into app_job_counts (app, state, count) values (new.app, new.state, 1)
      on conflict (app, state) do update set count = count + 1;
    `;
    const forgotten = `
      update app_job_counts set count = count - 1 where app = old.app and state = old.state;
      delete from app_job_counts where app = old.app and state = old.state and count = 0;
    `;
    this.addSql(`create trigger app_jobs_insert after insert on app_jobs begin ${counted} end`);
    this.addSql(`
      create trigger app_jobs_update after update on app_jobs when old.state <> new.state
      begin ${forgotten} ${counted} end
    `);
  }
}

import { Migration } from '@mikro-orm/migrations';

export class PlanJobs extends Migration {
  override up(): void {
    this.addSql('create unique index subjects_login_id_index on subjects (login, id)');
    this.addSql(`
      create table plan_jobs (
        id integer not null primary key,
        state text generated always as (case when end_state is not null then end_state when started_at is not null then 'running' else 'pending' end) stored,
        environment text not null,
        owner text not null,
        created_at bigint not null,
        started_at bigint null,
        finished_at bigint null,
        end_state text null
      )
    `);
    this.addSql('create index plan_jobs_owner_id_index on plan_jobs (owner, id)');
    this.addSql('create index plan_jobs_environment_id_index on plan_jobs (environment, id)');
    this.addSql('create index plan_jobs_state_id_index on plan_jobs (state, id)');
    this.addSql('create index plan_jobs_finished_at_id_index on plan_jobs (finished_at, id)');
    this.addSql(`
      create table plan_job_details (
        id integer not null primary key,
        details text not null
      )
    `);
    this.addSql(`
      create table plan_job_results (
        id integer not null primary key,
        result text not null,
        large text null
      )
    `);
    this.addSql(`
      create table plan_job_events (
        plan_job integer not null,
        number bigint not null,
        type text not null,
        at bigint not null,
        detail text not null,
        primary key (plan_job, number)
      ) without rowid
    `);
    this.addSql(`
      create table plan_job_jobs (
        job integer not null primary key,
        plan_job integer not null
      )
    `);
    this.addSql('create index plan_job_jobs_plan_job_job_index on plan_job_jobs (plan_job, job)');
    this.addSql(`
      create trigger plan_jobs_delete after delete on plan_jobs
      begin update totals set count = count - 1 where name = 'plan_jobs'; end
    `);
  }
}

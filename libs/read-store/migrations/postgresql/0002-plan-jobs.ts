import { Migration } from '@mikro-orm/migrations';

export class PlanJobs extends Migration {
  override up(): void {
    this.addSql('create unique index subjects_login_id_index on subjects (login, id)');
    this.addSql(`
      create table plan_jobs (
        id int not null,
        state text collate "C" generated always as (case when end_state is not null then end_state when started_at is not null then 'running' else 'pending' end) stored not null,
        environment text collate "C" not null,
        owner text not null,
        created_at bigint not null,
        started_at bigint null,
        finished_at bigint null,
        end_state text null,
        primary key (id)
      )
    `);
    this.addSql('create index plan_jobs_owner_id_index on plan_jobs (owner, id)');
    this.addSql('create index plan_jobs_environment_id_index on plan_jobs (environment, id)');
    this.addSql('create index plan_jobs_state_id_index on plan_jobs (state, id)');
    this.addSql('create index plan_jobs_finished_at_id_index on plan_jobs (finished_at, id)');
    this.addSql(`
      create table plan_job_details (
        id int not null,
        details text not null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table plan_job_results (
        id int not null,
        result text not null,
        large text null,
        primary key (id)
      )
    `);
    this.addSql(`
      create table plan_job_events (
        plan_job int not null,
        number bigint not null,
        type text not null,
        at bigint not null,
        detail text not null,
        primary key (plan_job, number)
      )
    `);
    this.addSql(`
      create table plan_job_jobs (
        job int not null,
        plan_job int not null,
        primary key (job)
      )
    `);
    this.addSql('create index plan_job_jobs_plan_job_job_index on plan_job_jobs (plan_job, job)');
    this.addSql(`
      create or replace function take_off_plan_jobs() returns trigger language plpgsql as $$
      begin
        update totals set count = count - (select count(*) from removed) where name = 'plan_jobs';
        return null;
      end $$
    `);
    this.addSql(`
      create trigger plan_jobs_delete after delete on plan_jobs referencing old table as removed
      for each statement execute function take_off_plan_jobs()
    `);
  }
}

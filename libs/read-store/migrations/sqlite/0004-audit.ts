import { Migration } from '@mikro-orm/migrations';

export class Audit extends Migration {
  override up(): void {
    this.addSql(`
      create table audit_entries (
        number integer not null primary key,
        at bigint not null,
        type text not null,
        subject text not null,
        actor text not null,
        correlation text not null,
        command text not null,
        is_change int not null,
        data text not null
      )
    `);
    this.addSql('create index audit_entries_at_index on audit_entries (at)');
    this.addSql(
      'create index audit_entries_subject_number_is_change_index on audit_entries (subject, number, is_change)',
    );
    this.addSql('create index audit_entries_actor_number_index on audit_entries (actor, number)');
    this.addSql('create index audit_entries_type_number_index on audit_entries (type, number)');
  }
}

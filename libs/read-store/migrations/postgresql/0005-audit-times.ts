import { Migration } from '@mikro-orm/migrations';

/** Numbers and times have the same order, so the key finds a time too. */
export class AuditTimes extends Migration {
  override up(): void {
    this.addSql('drop index audit_entries_at_index');
  }
}

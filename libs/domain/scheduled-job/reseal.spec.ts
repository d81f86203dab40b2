import { History, spec } from '../testing/given.js';

const sealed = { commandId: 'c', values: { password: 'old' } };
const renewed = { commandId: 'c', values: { password: 'new' } };

function history(): History {
  const made = new History();
  const said = { scope: { nodes: ['a'] }, owner: 'a', description: '', userdata: {} };
  const timing = { scheduledTimeMs: made.nowMs + 1000, intervalS: 60 };
  made.when({ type: 'schedule-job', spec: { ...spec, sealed }, ...said, ...timing });
  return made;
}

describe('the sealed parameters of a schedule', () => {
  it('are replaced by the same ones under a newer key', () => {
    const made = history();
    expect(made.when({ type: 'reseal-scheduled-job', id: 1, sealed: renewed })).toEqual([
      { type: 'daybook.scheduled-job.resealed', data: { id: 1, sealed: renewed } },
    ]);
    expect(made.after(1000)[1]).toMatchObject({ data: { spec: { ...spec, sealed: renewed } } });
  });

  it('are left alone where others have come in their place, or none are there', () => {
    const made = history();
    const other = { commandId: 'd', values: { password: 'other' } };
    made.when({ type: 'edit-scheduled-job', id: 1, changes: { spec: { ...spec, sealed: other } } });
    expect(made.when({ type: 'reseal-scheduled-job', id: 1, sealed: renewed })).toEqual([]);
    expect(made.when({ type: 'reseal-scheduled-job', id: 2, sealed: renewed })).toEqual([]);
    made.schedule(1000);
    expect(made.when({ type: 'reseal-scheduled-job', id: 2, sealed: renewed })).toEqual([]);
  });
});

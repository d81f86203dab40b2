import type { RecordedEvent } from '#domain';

/** The story of each plan job: what it did, in order. */
function storiesOf(events: readonly RecordedEvent[]): Map<number, string[]> {
  const stories = new Map<number, string[]>();
  for (const event of events) {
    const chapter = chapterOf(event);
    if (chapter) stories.set(chapter.id, [...(stories.get(chapter.id) ?? []), chapter.text]);
  }
  return stories;
}

function chapterOf(event: RecordedEvent): { readonly id: number; readonly text: string } | null {
  if (event.type === 'daybook.job.created') {
    const { planJob } = event.data;
    return planJob ? { id: planJob.id, text: `${planJob.step}: ${planJob.action}` } : null;
  }
  const fact = /^daybook\.plan-job\.(.+)$/.exec(event.type)?.[1];
  if (fact === undefined) return null;
  const { id, step } = event.data as { readonly id: number; readonly step?: number };
  return { id, text: step === undefined ? fact : `${step}: ${fact}` };
}

/** Plan jobs that did not do the same, step by step, as one that nothing has happened to; in words. */
export function storyFaults(events: readonly RecordedEvent[], undisturbed: number): string[] {
  const stories = storiesOf(events);
  const expected = stories.get(undisturbed)!.join(', ');
  return [...stories].flatMap(([id, story]) =>
    story.join(', ') === expected ? [] : [`plan job ${id} did ${story.join(', ')}, expected ${expected}`],
  );
}

import type { RecordedEvent } from '#domain';
import { cut } from './columns.js';
import { printable } from './printable.js';

/** What has happened to a job, in a line for people; null: nothing that they would want to know. */
export function eventLine(event: RecordedEvent): string | null {
  const text = textOf(event);
  return text === null ? null : cut(printable(`${event.time}  ${event.subject}  ${text}`).replaceAll('\n', ' '));
}

function textOf(event: RecordedEvent): string | null {
  switch (event.type) {
    case 'daybook.job.created': {
      const { spec, nodes } = event.data;
      return `${spec.command === 'task' ? `task ${spec.task}` : 'puppet'} on ${nodes.length === 1 ? nodes[0] : `${nodes.length} nodes`}`;
    }
    case 'daybook.job.node-errored':
      return `${event.data.node} errored: ${event.data.error.msg}`;
    case 'daybook.job.node-started':
    case 'daybook.job.node-finished':
    case 'daybook.job.node-failed':
    case 'daybook.job.node-skipped':
      return `${event.data.node} ${event.type.slice('daybook.job.node-'.length)}`;
    case 'daybook.job.finished':
    case 'daybook.plan-job.finished':
      return `ended: ${event.data.state}`;
    case 'daybook.plan-job.message-sent':
      return 'value' in event.data.message ? event.data.message.value : `a message of ${event.data.message.size} bytes`;
    // Others say the same: its first node, the steps that are jobs.
    case 'daybook.job.started':
    case 'daybook.plan-job.evaluated':
    case 'daybook.plan-job.query-answered':
      return null;
    default:
      return event.type.slice(event.type.lastIndexOf('.') + 1);
  }
}

/** Whether it says that a node has come to its end. */
export const isEndOfNode = ({ type }: RecordedEvent): boolean =>
  /^daybook\.job\.node-(?:finished|failed|errored|skipped)$/.test(type);

import type { JsMsg, StoredMsg } from '@nats-io/jetstream';
import type { RawCommit } from '../port.js';
import { COMMIT_ID, FIRST_NUMBER, PREVIOUS_HASH } from './append.js';

/** A commit as the stream holds it, delivered by a consumer or asked for by its sequence. */
export function rawCommit(message: JsMsg | StoredMsg): RawCommit {
  const headers = 'header' in message ? message.header : message.headers;
  return {
    sequence: message.seq,
    id: headers?.get(COMMIT_ID) ?? '',
    firstNumber: Number(headers?.get(FIRST_NUMBER)),
    previousHash: headers?.get(PREVIOUS_HASH) ?? '',
    payload: message.data,
  };
}
